"""What time will bring to the catalogues, by subject; pure."""
