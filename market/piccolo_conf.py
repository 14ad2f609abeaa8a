"""What Piccolo looks for: the engine, and the rooms' migrations in the order in which they build on each other."""

from importlib.util import find_spec

from piccolo.conf.apps import AppRegistry

from market.base.database import DB

ROOMS: tuple[str, ...] = (
    "market.base",
    "market.people",
    "market.law",
    "catalogs",
    "market.needs",
    "market.tendering",
    "contracts",
    "evaluations",
    "market.oversight",
    "market.desk",
)
"""Every room, lowest first; one without tables keeps nothing in the database."""


def _has_tables(room: str) -> bool:
    return find_spec(f"{room}.tables") is not None and find_spec(f"{room}.piccolo_app") is not None


APP_REGISTRY = AppRegistry(apps=[f"{room}.piccolo_app" for room in ROOMS if _has_tables(room)])

__all__ = ["APP_REGISTRY", "DB", "ROOMS"]
