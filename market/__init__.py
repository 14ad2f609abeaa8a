"""Shecai: the open marketplace on which street offices buy community services from social organizations."""
