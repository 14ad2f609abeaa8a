from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import rows

ID = "2026-11-23T18:08:50:000000"
VERSION = "1.38.0"
DESCRIPTION = "tell each need the edition it was made under"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="needs", description=DESCRIPTION)

    async def tell_the_edition():
        await rows("UPDATE need SET edition = 'menu-1' WHERE menu_item <> ''")

    manager.add_raw(tell_the_edition)
    return manager
