"""Reads of results: the notice everybody sees after the award, and the facts that contracts are made of."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.refusal import NotFound
from market.law.queries import law_on
from market.law.states import Law
from market.people.queries import organization_names
from market.people.states import Role, User
from market.tendering.rules.award import award_clock
from market.tendering.rules.terms import MilestoneTerm
from market.tendering.states import State

DEEMED = "clock"
_DECIDED = frozenset({State.AWARDED, State.CONTRACTED})


class RankLine(msgspec.Struct, frozen=True, kw_only=True):
    """A bid's place in the result."""

    rank: int
    supplier: str
    supplier_name: str
    quality: Decimal
    price_score: Decimal
    total: Decimal
    by_lot: bool


class ResultNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The result as it is published: winner, amount, ranking, the experts' names, and the days that follow."""

    supplier: str
    supplier_name: str
    amount: Decimal
    decided_at: datetime
    deemed: bool
    ranking: list[RankLine]
    experts: list[str]
    publish_by: date
    notice_until: date
    sign_by: date
    challenge_until: date
    provisional: bool


class AwardFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a contract is made of. Service days are [from, until), shares 0 to 1; `supplier` is "" before the award."""

    tender: str
    need: str
    title: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    amount: Decimal
    awarded_on: date | None
    item: str
    notice_url: str
    service_from: date
    service_until: date
    state: str
    sign_by: date | None
    terms: list[MilestoneTerm]


async def ranked_bids(*, tender: int) -> list[Row]:
    """Return the ranked bids, best first."""
    return await rows("SELECT * FROM bid WHERE tender = $1 AND rank IS NOT NULL ORDER BY rank", tender)


async def result_of(*, tender: Row, law: Law) -> ResultNotice | None:
    """Return the result of a tender that is awarded, None before."""
    if tender["state"] not in _DECIDED:
        return None
    bids = await ranked_bids(tender=tender["id"])
    names = await organization_names(codes=[bid["organization"] for bid in bids])
    experts = await rows("SELECT name FROM seat WHERE tender = $1 AND recused_at IS NULL ORDER BY name", tender["id"])
    named = [{**bid, "name": names.get(bid["organization"], "")} for bid in bids]
    return result_from(tender=tender, law=law, bids=named, experts=[row["name"] for row in experts])


def result_from(*, tender: Row, law: Law, bids: Sequence[Row], experts: Sequence[str]) -> ResultNotice | None:
    """Return the result of a tender that is awarded, None before, of its bids with their suppliers' names."""
    if tender["state"] not in _DECIDED:
        return None
    ranked = sorted((bid for bid in bids if bid["rank"] is not None), key=lambda bid: int(bid["rank"]))
    clock = award_clock(decided_at=tender["decided_at"], law=law)
    return ResultNotice(
        supplier=ranked[0]["organization"],
        supplier_name=ranked[0]["name"],
        amount=ranked[0]["final_price"],
        decided_at=tender["decided_at"],
        deemed=tender["decided_by"] == DEEMED,
        ranking=[_rank_line(bid) for bid in ranked],
        experts=list(experts),
        publish_by=clock.publish_by,
        notice_until=clock.notice_until,
        sign_by=clock.sign_by,
        challenge_until=clock.challenge_until,
        provisional=clock.provisional,
    )


async def confirmed_by(*, tender: str) -> str:
    """Return the name of the person who confirmed an award, "" when silence did."""
    row = await one("SELECT a.name FROM tender t JOIN account a ON a.login = t.decided_by WHERE t.code = $1", tender)
    return row["name"] if row else ""


def _rank_line(bid: Row) -> RankLine:
    return RankLine(
        rank=bid["rank"],
        supplier=bid["organization"],
        supplier_name=bid["name"],
        quality=bid["quality"],
        price_score=bid["price_score"],
        total=bid["quality"] + bid["price_score"],
        by_lot=bid["by_lot"],
    )


async def buying_hands(*, tender: str) -> frozenset[str]:
    """Return the accounts that drafted, published and awarded a tender, for the separation of duties (E-13)."""
    row = await one("SELECT drafted_by, published_by, decided_by FROM tender WHERE code = $1", tender)
    return frozenset(hand for hand in (row or {}).values() if hand and hand != DEEMED)


async def law_of_notice(*, tender: str) -> Law:
    """Return the law by which a published tender and its award are judged. Raises NotFound."""
    row = await one(
        "SELECT t.published_at, t.street, o.district FROM tender t JOIN organization o ON o.code = t.street"
        " WHERE t.code = $1 AND t.published_at IS NOT NULL",
        tender,
    )
    if row is None:
        raise NotFound
    return await law_on(day=local_date(row["published_at"]), district=row["district"], street=row["street"])


async def award_facts(*, tender: str) -> AwardFacts:
    """Return what a contract is made of, for the rooms above; before the award without supplier. Raises NotFound."""
    row = await one(
        "SELECT t.*, o.name AS street_name, o.district, b.organization AS supplier, s.name AS supplier_name,"
        " b.final_price FROM tender t JOIN organization o ON o.code = t.street"
        " LEFT JOIN bid b ON b.tender = t.id AND b.rank = 1"
        " LEFT JOIN organization s ON s.code = b.organization WHERE t.code = $1",
        tender,
    )
    if row is None:
        raise NotFound
    return await _award_facts(row)


async def _award_facts(row: Row) -> AwardFacts:
    decided = row["decided_at"]
    sign_by = None
    if decided is not None:
        law = await law_on(day=local_date(row["published_at"]), district=row["district"], street=row["street"])
        sign_by = award_clock(decided_at=decided, law=law).sign_by
    return AwardFacts(
        tender=row["code"],
        need=row["need"],
        title=row["title"],
        street=row["street"],
        street_name=row["street_name"],
        supplier=(row["supplier"] or "") if decided else "",
        supplier_name=(row["supplier_name"] or "") if decided else "",
        amount=row["final_price"] if decided else row["budget"],
        awarded_on=local_date(decided) if decided else None,
        item=row["item"],
        notice_url=f"/tenders/{row['code']}",
        service_from=row["service_from"],
        service_until=row["service_until"],
        state=row["state"],
        sign_by=sign_by,
        terms=msgspec.convert(row["milestones"], list[MilestoneTerm]),
    )


def may_read_letter(*, street: str, result: ResultNotice, user: User) -> bool:
    """Tell whether the letter of award is the reader's: the street's, the winner's, an auditor's."""
    return user.may_be(Role.AUDITOR) or user.organization in (street, result.supplier)
