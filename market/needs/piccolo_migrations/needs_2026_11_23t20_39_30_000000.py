from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import rows

ID = "2026-11-23T20:39:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "open the books of each line with what it had moved so far"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="needs", description=DESCRIPTION)

    async def open_the_books():
        await rows(
            "INSERT INTO budget_movement (line, at, act, amount, reserved, committed, paid, account)"
            " SELECT code, allotted_at, 'allot-budget', amount, reserved, committed, paid, allotted_by"
            " FROM budget_line ORDER BY id"
        )

    manager.add_raw(open_the_books)
    return manager
