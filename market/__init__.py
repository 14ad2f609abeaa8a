"""Shecai: the open marketplace on which street offices buy community services from social organizations."""

import os

# Piccolo finds its engine by this name; set before any table is touched, so that the repository's root stays clean.
os.environ.setdefault("PICCOLO_CONF", "market.piccolo_conf")
