"""The desks of those with one kind of work: the catalogue keeper's and the platform administrator's."""

from collections import Counter
from datetime import datetime

import msgspec

from catalogs.queries import outlook as catalogs
from catalogs.queries.outlook import Lapsing, RegisterCount
from market.base import outbox
from market.base.calendar import local_date
from market.desk.queries.schedule import ahead
from market.law.queries import law_on
from market.people.queries import accounts_in_numbers

_LAPSING_WITHIN = 180
_LINES = 50


class KeeperDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue keeper looks after: standings that lapse within half a year, and the registers' sources."""

    lapsing: list[Lapsing]
    registers: list[RegisterCount]


class AdministratorDesk(msgspec.Struct, frozen=True, kw_only=True):
    """How the installation does: accounts, the law's verification marks, mail, and when time acts next in each room."""

    accounts: dict[str, int]
    provisions: dict[str, int]
    mail: dict[str, int]
    turns: list[tuple[str, datetime | None]]


async def keeper_desk(*, now: datetime) -> KeeperDesk:
    """Return the catalogue keeper's desk."""
    return KeeperDesk(
        lapsing=await catalogs.lapsing(today=local_date(now), days=_LAPSING_WITHIN, limit=_LINES),
        registers=await catalogs.registers_in_numbers(),
    )


async def administrator_desk(*, now: datetime) -> AdministratorDesk:
    """Return the platform administrator's desk; callers ask for administrators alone."""
    law = await law_on(day=local_date(now))
    return AdministratorDesk(
        accounts=await accounts_in_numbers(),
        provisions=dict(Counter(str(provision.verification) for provision in law.values())),
        mail=await outbox.in_numbers(),
        turns=[(turn.room, turn.next_at) for turn in await ahead(now=now)],
    )
