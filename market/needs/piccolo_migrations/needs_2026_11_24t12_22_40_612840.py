from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

ID = "2026-11-24T12:22:40:612840"
VERSION = "1.38.0"
DESCRIPTION = "messages too late to be sent, merged suggestions that are hidden"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="needs", description=DESCRIPTION
    )

    manager.drop_constraint(
        table_class_name="Suggestion",
        tablename="suggestion",
        constraint_name="merged_names_the_main_one",
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Suggestion",
        tablename="suggestion",
        constraint_name="merged_leads_to_the_main_one",
        constraint_class=Check,
        params={
            "condition": "(state <> 'merged' OR merged_into IS NOT NULL) AND (merged_into IS NULL OR state IN ('merged', 'hidden'))"
        },
        schema=None,
    )

    return manager
