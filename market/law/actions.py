"""The deeds of the law room: provisions are added, never changed."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from market.base.calendar import local_date
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.refusal import refuse_if
from market.law import rules
from market.law.queries import RuleCard, all_provisions, rule_for
from market.law.states import Act, Provision, Unit, Verification
from market.law.tables import ProvisionRow
from market.people.states import CLOCK, User

_DATA = Path(__file__).parent / "data" / "provisions.json"


class _DataFile(msgspec.Struct):
    header: dict[str, str]
    provisions: list[Provision]


async def add_provision(*, provision: Provision, by: User, now: datetime) -> RuleCard:
    """Add a provision that holds from today or a later day on; records published before keep the law of their day.

    Refused when it is malformed, reaches back, or when the rule already has one from that day in that scope.
    """
    async with transaction():
        await _alone()
        others = [other for other in await all_provisions() if other.id == provision.id]
        refuse_if(rules.objections_to_provision(provision=provision, others=others, today=local_date(now)))
        await ProvisionRow.insert(_row(provision, by=by, now=now))
        await record(room="law", act=Act.ADD_PROVISION, code=provision.id, by=by, now=now, public=_public(provision))
        return await rule_for(rule=provision.id, user=by, day=local_date(now))


async def _alone() -> None:
    """Add provisions one commit after the other: their numbers then tell every reader whether any came."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('provision'), 0)")


def _row(provision: Provision, *, by: User, now: datetime) -> ProvisionRow:
    return ProvisionRow(
        rule=provision.id,
        title_zh=provision.title_zh,
        title_en=provision.title_en,
        article=provision.article,
        value=provision.value,
        unit=str(provision.unit),
        note=provision.note,
        scope=provision.scope,
        in_force_from=provision.in_force_from,
        in_force_until=provision.in_force_until,
        verification=str(provision.verification),
        house_rule=provision.house_rule,
        added_at=now,
        added_by=by.account,
    )


def _public(provision: Provision) -> dict[str, str | Decimal | Unit | Verification | bool | None]:
    return {
        "rule": provision.id,
        "article": provision.article,
        "title_zh": provision.title_zh,
        "value": provision.value,
        "unit": provision.unit,
        "scope": provision.scope,
        "in_force_from": provision.in_force_from.isoformat(),
        "in_force_until": provision.in_force_until.isoformat() if provision.in_force_until else None,
        "verification": provision.verification,
        "house_rule": provision.house_rule,
    }


def provisions_of_the_file() -> list[Provision]:
    """Return the provisions of the data file in its order."""
    return msgspec.json.decode(_DATA.read_bytes(), type=_DataFile).provisions


async def load_provisions(*, now: datetime, by: User = CLOCK) -> int:
    """Load what the data file has and the database has not, and return how many; a second run loads nothing.

    The file tells the law as it stood when the house was built, so it may reach back; each load leaves one event.
    """
    async with transaction():
        await _alone()
        found = await rows("SELECT rule, scope, in_force_from FROM provision")
        known = {(row["rule"], row["scope"], row["in_force_from"]) for row in found}
        missing = [p for p in provisions_of_the_file() if (p.id, p.scope, p.in_force_from) not in known]
        if missing:
            await ProvisionRow.insert(*(_row(provision, by=by, now=now) for provision in missing))
            detail = {"loaded": len(missing), "from": _DATA.name}
            await record(room="law", act=Act.ADD_PROVISION, code="provisions", by=by, now=now, detail=detail)
        return len(missing)
