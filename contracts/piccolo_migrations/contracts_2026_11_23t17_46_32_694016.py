from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import ForeignKey

ID = "2026-11-23T17:46:32:694016"
VERSION = "1.38.0"
DESCRIPTION = "find the invoices of a milestone by an index"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="contracts", description=DESCRIPTION
    )

    manager.alter_column(
        table_class_name="Invoice",
        tablename="invoice",
        column_name="milestone",
        db_column_name="milestone",
        params={"index": True},
        old_params={"index": False},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema=None,
    )

    return manager
