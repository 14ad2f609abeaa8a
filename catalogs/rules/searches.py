"""What may be looked for in the directory: words and facets, as they stand in an address and in a saved search."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import msgspec

from catalogs.rules.organizations import years_after
from catalogs.rules.shelves import LISTED, mark
from market.base.calendar import SHANGHAI
from market.base.refusal import Objection, Said, say
from market.base.terms import sought

_FEBRUARY, _LEAP_DAY = 2, 29
_PRICE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?", re.ASCII)


class StandingFacet(StrEnum):
    """How an organization stands today, as the search tells them apart."""

    CLEAR = "clear"
    ABNORMAL = "abnormal"
    BARRED = "barred"


STANDING_FACET_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        StandingFacet.CLEAR: say("Nothing recorded against it"),
        StandingFacet.ABNORMAL: say("On the list of abnormal activity (information)"),
        StandingFacet.BARRED: say("Barred by a list or penalty today"),
    }
)

FACET_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "category": say("Category"),
        "area": say("Service area"),
        "grade": say("Assessment grade"),
        "kind": say("Kind"),
        "hub": say("Hub"),
        "standing": say("Standing today"),
    }
)
"""The facets in the order in which the page shows them."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody looks for in the directory; what is empty is open."""

    q: str = ""
    category: str = ""
    area: str = ""
    grade: str = ""
    kind: str = ""
    hub: str = ""
    standing: str = ""

    def marks(self) -> list[str]:
        """Return the marks that an organization must bear; without a kind, that of all whom the directory lists."""
        found = [mark(facet, value) for facet in ("category", "area", "kind") if (value := getattr(self, facet))]
        return found if self.kind else [LISTED, *found]

    def query(self) -> dict[str, str]:
        """Return it as the query of an address."""
        return {name: str(value) for name, value in msgspec.structs.asdict(self).items() if value}


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for in the registers; prices are yuan for one unit, and what has none answers no price."""

    q: str = ""
    register: str = ""
    category: str = ""
    price_from: Decimal | None = None
    price_until: Decimal | None = None


def price_of(text: str | None) -> Decimal | None:
    """Return a price that was typed into an address, None when it is none.

    >>> price_of("12.50"), price_of("much"), price_of("1e9")
    (Decimal('12.50'), None, None)
    """
    return Decimal(text) if text and _PRICE.fullmatch(text) else None


def begun_after(*, on: date, years: int) -> date:
    """Return the last day on which what lasts so many years may have begun and be over on a day.

    The other way round of `years_after`: what began later still counts.
    """
    if (on.month, on.day) == (_FEBRUARY, _LEAP_DAY):
        return years_after(on - timedelta(days=1), -years)
    return years_after(on, -years)


LONGEST_NAME = 60
MOST_KEPT = 20
_LOOK_AT = time(7, 30)


def objections_to_search(*, name: str, wanted: Wanted, kept: int) -> list[Objection]:
    """Object to a saved search without a name, for everything, or beyond the most that one person keeps.

    Law: none; house rule: twenty a person, so that the morning's look stays short.
    """
    objections = []
    if not name.strip():
        objections.append(Objection("name", say("Give the search a name by which you know it again.")))
    if not wanted.query():
        objections.append(Objection("q", say("Look for something: a search for everything tells nothing.")))
    elif wanted.q and sought(wanted.q) is None:
        objections.append(Objection("q", say("There is nothing in these words that can be looked for.")))
    if kept >= MOST_KEPT:
        objections.append(Objection("", say("You keep {most} searches already: drop one first.", most=MOST_KEPT)))
    return objections


def next_look(now: datetime) -> datetime:
    """Return when a saved search is looked into next: half past seven in Shanghai, in time for the mail at eight."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), _LOOK_AT, tzinfo=SHANGHAI)
    return today if local < today else today + timedelta(days=1)
