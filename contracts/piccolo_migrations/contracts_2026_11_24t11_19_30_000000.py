from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import rows

ID = "2026-11-24T11:19:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "start the payment clock of invoices that were open before it ran"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="contracts", description=DESCRIPTION)

    async def start():
        # The end of the last day for paying; what is overdue already is marked at the next turn.
        await rows(
            "UPDATE invoice SET next_turn_at = ((pay_by + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
            " WHERE state IN ('submitted', 'approved')"
        )

    manager.add_raw(start)
    return manager
