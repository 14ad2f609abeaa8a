from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

ID = "2026-11-23T20:35:22:435689"
VERSION = "1.38.0"
DESCRIPTION = "buy outside the house: channel, method, intentions, official purchases"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="contracts", description=DESCRIPTION)

    manager.drop_constraint(
        table_class_name="Contract",
        tablename="contract",
        constraint_name="lives_under_its_tender",
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Contract",
        tablename="contract",
        constraint_name="lives_under_its_award",
        constraint_class=Check,
        params={"condition": "live_tender IS NULL OR live_tender = coalesce(nullif(tender, ''), need)"},
        schema=None,
    )

    return manager
