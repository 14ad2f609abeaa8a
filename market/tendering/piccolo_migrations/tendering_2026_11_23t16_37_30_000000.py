from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import rows
from market.tendering.rules.finding import notice_terms

ID = "2026-11-23T16:37:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "find the notices that were here before their words were kept"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="tendering", description=DESCRIPTION)

    async def fill():
        # A search must not read what others wrote lately one by one: notices are few a day, readers many.
        # An added column got an index of the common kind, whatever its table says.
        await rows("DROP INDEX tender_search_terms")
        await rows("CREATE INDEX tender_search_terms ON tender USING gin (search_terms)")
        found = await rows(
            "SELECT t.id, t.code, t.title, t.requirement, t.qualification, o.name AS street_name"
            " FROM tender t JOIN organization o ON o.code = t.street WHERE t.search_terms = '{}'"
        )
        for row in found:
            number = row.pop("id")
            await rows("UPDATE tender SET search_terms = $2 WHERE id = $1", number, notice_terms(**row))

    manager.add_raw(fill)
    return manager
