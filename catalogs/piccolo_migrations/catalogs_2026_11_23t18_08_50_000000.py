from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import rows

ID = "2026-11-23T18:08:50:000000"
VERSION = "1.38.0"
DESCRIPTION = "begin the editions with what stands"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="catalogs", description=DESCRIPTION)

    async def begin_with_what_stands():
        for register in ("menu", "guiding"):
            await rows(
                "INSERT INTO catalogue_edition (code, register, number, revision, grounds, state, begun_at, begun_by)"
                " SELECT $1::text || '-1', $1, 1, 1, '', 'draft', e.loaded_at, '' FROM edition e WHERE e.register = $1",
                register,
            )
            await rows(
                "INSERT INTO edition_entry (edition, code, revision, name_zh, name_en, parent, level, unit_zh, unit_en,"
                " item, category, price_from, price_until, standard, indicators, staff, evidence, checked, state)"
                " SELECT $1::text || '-1', code, revision, name_zh, name_en, parent, level, unit_zh, unit_en,"
                " item, category, price_from, price_until, standard, indicators, staff, evidence, checked, state"
                " FROM entry WHERE register = $1",
                register,
            )
        await rows(
            "UPDATE catalogue_edition SET state = 'in-force', published_at = begun_at, published_by = '',"
            " in_force_from = (begun_at AT TIME ZONE 'Asia/Shanghai')::date"
        )

    manager.add_raw(begin_with_what_stands)
    return manager
