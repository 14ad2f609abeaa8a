from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from market.base.database import execute

ID = "2026-11-23T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "more states of editions and standings; standings on record wait for their end"

_CHECKS = (
    (
        "catalogue_edition",
        "state_is_known",
        "state IN ('draft', 'dropped', 'published', 'withdrawn', 'in-force', 'superseded')",
    ),
    ("catalogue_edition", "published_has_its_day", "(state IN ('draft', 'dropped')) = (in_force_from IS NULL)"),
    ("standing", "state_is_known", "state IN ('recorded', 'lifted', 'ended')"),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="catalogs", description=DESCRIPTION)

    async def widen():
        for table, name, condition in _CHECKS:
            await execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            await execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})")
        # The years are those of 民政部令第39号, 财税〔2018〕13号 and 财政部公告2020年第27号, as on the day of this change.
        await execute(
            "UPDATE standing SET next_turn_at = (coalesce(until_on, from_on + make_interval(years =>"
            " CASE kind WHEN 'donation-deduction' THEN 3 ELSE 5 END))::date)::timestamp AT TIME ZONE 'Asia/Shanghai'"
            " WHERE state = 'recorded' AND (until_on IS NOT NULL"
            " OR kind IN ('grade', 'tax-exempt', 'donation-deduction'))"
        )

    manager.add_raw(widen)
    return manager
