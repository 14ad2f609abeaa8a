"""Reads of listings in the directory: cards, the list, what waits for the keeper and for whoever must repair."""

from datetime import date, datetime

import msgspec

from catalogs.queries.mandates import mandated
from catalogs.rules.listings import ListingFacts, is_listed, renewable_from
from catalogs.states import Act, ListingState
from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.law.queries import law_on
from market.law.states import Law
from market.people.attachments import AttachmentCard, attachment_cards
from market.people.states import Role, User

PAGE = 50


class ListingLine(Record, frozen=True, kw_only=True):
    """A listing: whose, in which category, for which term; `listed` tells whether it counts on the day of reading."""

    organization: str
    organization_name: str
    category: str
    category_name: str
    listed_on: date | None
    expires_on: date | None
    repair_until: date | None
    applied_at: datetime
    listed: bool


class ListingCard(ListingLine, frozen=True, kw_only=True):
    """A listing with what was asked and said; statement, documents and reasons are its own and the keeper's."""

    revision: int
    hub: str
    hub_name: str
    returned: bool
    statement: str
    files: list[AttachmentCard]
    reason: str
    decided_at: datetime | None


_SEEN = f"""(o.code = $1 OR $2 OR l.listed_on IS NOT NULL OR {mandated(hub="$1", organization="o.id", on="$3")})"""
_LINE = f"""
    SELECT l.*, o.code AS organization_code, o.name AS organization_name, coalesce(e.name_zh, l.category) AS
           category_name, coalesce(h.name, '') AS hub_name,
           (o.code = $1 OR $2 OR {mandated(hub="$1", organization="o.id", on="$3")}) AS sees,
           (o.code = $1 AND $4) AS is_own,
           ($5 AND {mandated(hub="$1", organization="o.id", on="$3")}) AS is_mandated
    FROM listing l JOIN organization o ON o.id = l.organization
    LEFT JOIN entry e ON e.code = l.category AND e.register = 'category' LEFT JOIN organization h ON h.code = l.hub
    WHERE {_SEEN}
"""  # noqa: S608


def _reader(user: User, on: date) -> tuple[str | None, bool, date, bool, bool]:
    sees_all = user.may_be(Role.CATALOGUE_KEEPER, Role.AUDITOR)
    return (
        user.organization,
        sees_all,
        on,
        user.may_be(Role.ORGANIZATION_ADMINISTRATOR),
        user.may_be(Role.HUB_STAFF),
    )


def facts_of(row: Row) -> ListingFacts:
    """Return what of a row its judgement asks for."""
    return ListingFacts(
        state=row["state"], listed_on=row["listed_on"], expires_on=row["expires_on"], returned=row["returned"]
    )


def _told(row: Row, *, user: User, on: date, law: Law) -> dict[str, object]:
    facts: set[str] = set()
    if row["is_own"] or row["is_mandated"]:
        facts.add("acts-for")
        if row["expires_on"] is not None and on >= renewable_from(expires_on=row["expires_on"], law=law):
            facts.add("renewable")
    return {
        **row,
        "organization": row["organization_code"],
        "url": f"/listings/{row['code']}",
        "acts": acts_for(kind="listing", code=row["code"], state=row["state"], by=user, facts=frozenset(facts)),
        "listed": is_listed(listing=facts_of(row), on=on),
    }


async def listing_for(*, code: str, user: User, on: date) -> ListingCard:
    """Return a listing: whoever was listed is public, an application its own, its hub's and the keeper's.

    Raises NotFound for everybody else.
    """
    row = await one(_LINE + " AND l.code = $6", *_reader(user, on), code)
    if row is None:
        raise NotFound
    shown = _told(row, user=user, on=on, law=await law_on(day=on))
    if row["sees"]:
        cards = await attachment_cards(codes=row["files"]) if row["files"] else []
        shown["files"] = [msgspec.structs.replace(card, url=f"/listings/{code}/files/{card.code}") for card in cards]
    else:
        shown |= {"statement": "", "reason": "", "files": []}
    return msgspec.convert(shown, ListingCard, from_attributes=True)


async def listings_page(
    *, user: User, on: date, state: str | None = None, after: str | None = None
) -> Listing[ListingLine]:
    """Return the listings that a reader may see, newest application first, 50 a page."""
    found = await rows(
        _LINE + " AND ($6::text IS NULL OR l.state = $6) AND ($7::text IS NULL OR l.code < $7)"
        f" ORDER BY l.code DESC LIMIT {PAGE + 1}",
        *_reader(user, on),
        state,
        after,
    )
    law = await law_on(day=on)
    items = [
        msgspec.convert(_told(row, user=user, on=on, law=law), ListingLine, from_attributes=True)
        for row in found[:PAGE]
    ]
    return Listing(items=items, next=items[-1].code if len(found) > PAGE else None)


async def listings_of(*, organization: str, user: User, on: date) -> list[ListingLine]:
    """Return an organization's listings as a reader may see them, by category."""
    found = await rows(_LINE + " AND o.code = $6 ORDER BY l.category, l.id DESC", *_reader(user, on), organization)
    law = await law_on(day=on)
    return [msgspec.convert(_told(row, user=user, on=on, law=law), ListingLine, from_attributes=True) for row in found]


async def waiting_listings(*, user: User, now: datetime) -> list[Waiting]:
    """Return the applications that wait for the keeper, and those the reader's organization must repair."""
    wanted = []
    if user.may_be(Role.CATALOGUE_KEEPER):
        wanted.append(ListingState.APPLIED)
    if user.may_be(Role.ORGANIZATION_ADMINISTRATOR, Role.HUB_STAFF):
        wanted.append(ListingState.RETURNED)
    if not wanted:
        return []
    found = await rows(
        _LINE + " AND l.state = ANY ($6) ORDER BY l.applied_at, l.id LIMIT 100", *_reader(user, local_date(now)), wanted
    )
    return [
        Waiting(
            title=f"{row['organization_name']} {row['category_name']}",
            act=Act.REVIEW_LISTING if row["state"] == ListingState.APPLIED else Act.REPAIR_LISTING,
            url=f"/listings/{row['code']}",
            by_when=row["repair_until"],
            law="HR-12" if row["repair_until"] else "",
        )
        for row in found
        if row["state"] == ListingState.APPLIED or row["is_own"] or row["is_mandated"]
    ]
