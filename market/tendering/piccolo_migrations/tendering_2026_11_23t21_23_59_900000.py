from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

ID = "2026-11-23T21:23:59:900000"
VERSION = "1.38.0"
DESCRIPTION = "what holds of the columns of joint keys, which must be there first"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="tendering", description=DESCRIPTION)

    manager.add_constraint(
        table_class_name="Bid",
        tablename="bid",
        constraint_name="no_key_is_known_before_the_opening",
        constraint_class=Check,
        params={"condition": "opened_key IS NULL OR price IS NOT NULL"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Bid",
        tablename="bid",
        constraint_name="promised_with_a_signature",
        constraint_class=Check,
        params={
            "condition": "(leaf IS NULL) = (signature IS NULL) AND (leaf IS NULL OR content IS NOT NULL)"
        },
        schema=None,
    )

    return manager
