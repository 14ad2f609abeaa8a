"""The floors' way to their database: Piccolo's engine with asyncpg's pool, and no more around it."""

from market.base.database import Engine

ENGINE = Engine(config={})
"""Every floor's table names it (`db=ENGINE`); the worker points it at the floors' database when it starts."""

POOL = 10
"""As many connections a worker as the product's pool has."""
