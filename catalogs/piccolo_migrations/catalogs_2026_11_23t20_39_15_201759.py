from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean
from piccolo.columns.column_types import Text
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-11-23T20:39:15:201759"
VERSION = "1.38.0"
DESCRIPTION = "lines handed and adjusted, movements, the need in full, reviews by further hands"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="catalogs", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="CatalogueEdition",
        tablename="catalogue_edition",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Mandate",
        tablename="mandate",
        column_name="shown",
        db_column_name="shown",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="StandingRow",
        tablename="standing",
        column_name="next_turn_at",
        db_column_name="next_turn_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="CatalogueEdition",
        tablename="catalogue_edition",
        constraint_name="withdrawn_says_why",
        constraint_class=Check,
        params={"condition": "(state = 'withdrawn') = (reason <> '')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="StandingRow",
        tablename="standing",
        constraint_name="only_recorded_waits",
        constraint_class=Check,
        params={"condition": "state = 'recorded' OR next_turn_at IS NULL"},
        schema=None,
    )

    return manager
