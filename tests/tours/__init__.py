"""The tours of docs/tours: written once as data, walked by tests and by the script that takes the pictures."""
