from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from catalogs.rules import entry_terms, organization_terms
from market.base.database import rows

ID = "2026-11-23T16:37:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "find entries and organizations by pinyin and initials too"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="catalogs", description=DESCRIPTION)

    async def fill():
        for row in await rows("SELECT code, name_zh, name_en FROM entry"):
            await rows("UPDATE entry SET terms = $2 WHERE code = $1", row["code"], entry_terms(**row))
        found = await rows(
            "SELECT p.id, o.code, o.name, o.name_en, p.business_scope, p.service_areas"
            " FROM profile p JOIN organization o ON o.id = p.organization"
        )
        for row in found:
            number = row.pop("id")
            await rows("UPDATE profile SET terms = $2 WHERE id = $1", number, organization_terms(**row))

    manager.add_raw(fill)
    return manager
