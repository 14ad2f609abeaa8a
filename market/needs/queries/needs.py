"""Reads of needs: cards for their readers, facts for upper rooms, what waits for whom."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

from catalogs.queries import item_for, menu_item_for
from catalogs.queries.entries import ItemCard
from market.base.database import Row, one, rows
from market.base.money import Yuan
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.needs.queries.official import OfficialCard, rounds_of
from market.needs.queries.plans import Warned, reviews_of
from market.needs.rules import LongTerm, NeedPlan, Target, part_of
from market.needs.rules.methods import runs_in_house
from market.needs.states import Answer, Channel, Part, State
from market.needs.states.official import Method, Outcome
from market.people.queries import organization_names
from market.people.states import Role, User

PAGE = 50


class NeedFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A need as upper rooms take it up; what a draft leaves open is nothing or empty."""

    code: str
    title: str
    street: str
    street_name: str
    item: str
    item_name: str
    category: str
    budget: Yuan
    budget_line: str
    description: str
    standard: str
    quantity: Decimal
    unit: str
    beneficiaries: int
    served: str
    place: str
    term_months: int
    targets: list[Target]
    drafted_by: str
    state: str
    channel: Channel
    method: str
    central: bool


class NeedLine(Record, frozen=True, kw_only=True):
    """A need in the list."""

    title: str
    street: str
    street_name: str
    item: str
    budget: Yuan
    channel: str


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase of the same line and item that a need was submitted beside."""

    code: str
    title: str
    amount: Yuan


class NeedCard(Record, frozen=True, kw_only=True):
    """A need with everything its readers may know; `edition` is the menu's under which it was made.

    Who wrote and who reviewed it is told within the street only.
    """

    revision: int
    title: str
    street: str
    street_name: str
    item: str
    item_name: str
    menu_item: str
    menu_item_name: str
    edition: str
    category: str
    description: str
    standard: str
    quantity: Decimal | None
    unit: str
    served: str
    beneficiaries: int | None
    place: str
    term_months: int | None
    long_term: LongTerm
    targets: list[Target]
    answers: dict[str, Answer]
    consulted_on: date | None
    consulted_how: str
    surveyed_on: date | None
    surveyed: list[str]
    budget: Yuan
    budget_line: str
    committed: Yuan
    paid: Yuan
    drafted_by: str | None
    drafted_at: datetime
    submitted_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    reason: str | None
    tender: str | None
    duty_basis: str
    risk_note: str
    consent_document: str
    wanted_start_on: date | None
    management_cost: Yuan | None
    set_aside: str
    set_aside_reason: str
    splitting_reason: str | None
    earlier: list[Purchase] | None
    legal_review: bool
    law_reviewed_by: str | None
    law_reviewed_at: datetime | None
    law_opinion: str | None
    supervised_by: str | None
    supervised_at: datetime | None
    supervised_opinion: str | None
    awaits: list[Part]
    channel: Channel
    method: str
    method_grounds: list[str]
    method_reason: str
    intention: str | None
    outside: list[OfficialCard]
    warnings: tuple[Warned, ...] = ()


# Who may see a need is a WHERE: what may be bought is public, what is still being written only the street's.
_NEED_VISIBLE = (
    "($1::bool OR n.street = $2 OR n.state IN ('approved', 'tendering', 'handed-over', 'awarded', 'contracted'))"
)


def reader_of(user: User) -> tuple[bool, str]:
    """Return what decides who sees what: whether a reader oversees all streets, and the street served if any."""
    sees_all = user.may_be(Role.AUDITOR, Role.FINANCE_SUPERVISOR)
    return sees_all, (user.organization or "") if user.organization_kind == "street" else ""


def plan_of(row: Row) -> NeedPlan:
    """Return a need's row as rules take it."""
    return msgspec.convert({name: row[name] for name in NeedPlan.__struct_fields__}, NeedPlan)


async def card_of_item(code: str) -> ItemCard | None:
    """Return an official item, None when the code is none."""
    try:
        return await item_for(code=code) if code else None
    except NotFound:
        return None


async def card_of_menu_item(code: str) -> ItemCard | None:
    """Return a service of the menu, None when the code is none."""
    try:
        return await menu_item_for(code=code) if code else None
    except NotFound:
        return None


# What is told within the street and to those who oversee it only.
_WITHIN = (
    *("drafted_by", "reviewed_by", "reason", "splitting_reason", "earlier", "law_reviewed_by", "law_opinion"),
    *("supervised_by", "supervised_opinion"),
)


async def need_for(*, code: str, user: User) -> NeedCard:
    """Return a need to those who may see it. Raises NotFound for everybody else."""
    row = await one(
        "SELECT n.*, (SELECT i.code FROM intention i WHERE i.need = n.code) AS intention FROM need n"  # noqa: S608
        f" WHERE {_NEED_VISIBLE} AND n.code = $3",
        *reader_of(user),
        code,
    )
    if row is None:
        raise NotFound
    within = user.organization == row["street"] or user.may_be(Role.AUDITOR, Role.FINANCE_SUPERVISOR)
    secret = {} if within else dict.fromkeys(_WITHIN)
    names = await organization_names(codes=[row["street"]])
    item, menu_item = await card_of_item(row["item"]), await card_of_menu_item(row["menu_item"])
    outside = await rounds_of(need=code)
    return msgspec.convert(
        {
            **row,
            **secret,
            "street_name": names.get(row["street"], ""),
            "item_name": item.name_zh if item else "",
            "menu_item_name": menu_item.name_zh if menu_item else "",
            "outside": outside,
            "awaits": reviews_of(row).awaited if row["state"] == State.SUBMITTED else [],
            "url": f"/needs/{code}",
            "acts": acts_for(kind="need", code=code, state=row["state"], by=user, facts=_facts(row, user, outside)),
        },
        NeedCard,
        from_attributes=True,
    )


def _facts(row: Row, user: User, outside: Sequence[OfficialCard] = ()) -> frozenset[str]:
    """Return what holds between a need and its reader: it is the street's own, and the reader had no hand in it."""
    if user.organization != row["street"]:
        return frozenset()
    return _hand(row, user) | {way_of(row)} | ({"own-without-contract"} if _lacks_contract(outside) else set())


def way_of(row: Row) -> str:
    """Name where one's own need goes on: tendered here, or handed over."""
    method = Method(row["method"]) if row["method"] else None
    return "own-here" if runs_in_house(channel=Channel(row["channel"]), method=method) else "own-outside"


def _lacks_contract(outside: Sequence[OfficialCard]) -> bool:
    return any(one.outcome == Outcome.AWARDED and one.contract is None for one in outside)


def _hand(row: Row, user: User) -> frozenset[str]:
    return frozenset({"own", "second-person"} if has_part(row, user) else {"own"})


def has_part(row: Row, user: User) -> bool:
    """Tell whether a part of a need's review waits for this person."""
    return part_of(reviewer=user.account, roles=user.roles, reviews=reviews_of(row)) is not None


def cursor_of(after: str | None) -> int | None:
    """Return the row after which a page goes on; None when the cursor is none of ours."""
    return int(after) if after and after.isdecimal() and len(after) < 19 else None  # noqa: PLR2004  the size of a bigint


async def needs_page(
    *, user: User, state: str | None = None, street: str | None = None, after: str | None = None
) -> Listing[NeedLine]:
    """Return the needs a reader may see, newest first, 50 a page; of one state or street when asked."""
    found = await rows(
        "SELECT n.id, n.code, n.state, n.title, n.street, n.item, n.budget, n.channel FROM need n"  # noqa: S608
        f" WHERE {_NEED_VISIBLE}"
        " AND ($3::text IS NULL OR n.state = $3) AND ($4::text IS NULL OR n.street = $4)"
        f" AND ($5::bigint IS NULL OR n.id < $5) ORDER BY n.id DESC LIMIT {PAGE + 1}",
        *reader_of(user),
        state,
        street,
        cursor_of(after),
    )
    names = await organization_names(codes={row["street"] for row in found})
    items = [
        NeedLine(
            code=row["code"],
            state=row["state"],
            url=f"/needs/{row['code']}",
            title=row["title"],
            street=row["street"],
            street_name=names.get(row["street"], ""),
            item=row["item"],
            budget=row["budget"],
            channel=row["channel"],
        )
        for row in found[:PAGE]
    ]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def need_facts(*, code: str) -> NeedFacts:
    """Return a need as upper rooms take it up, whoever asks. Raises NotFound."""
    row = await one("SELECT * FROM need WHERE code = $1", code)
    if row is None:
        raise NotFound
    names = await organization_names(codes=[row["street"]])
    item = await card_of_item(row["item"])
    return msgspec.convert(
        {
            **row,
            "street_name": names.get(row["street"], ""),
            "item_name": item.name_zh if item else "",
            "quantity": row["quantity"] or Decimal(0),
            "beneficiaries": row["beneficiaries"] or 0,
            "term_months": row["term_months"] or 0,
            "central": item is not None and item.central,
        },
        NeedFacts,
    )


def where_standard_stands(*, need: str) -> str:
    """Return SQL of the address of the service standard a need was made under, for another room's statement.

    The argument is SQL itself (`c.need`), never a value; NULL without a service of the menu.
    """
    return (
        "(SELECT '/catalogs/editions/' || n.edition || '/' || n.menu_item FROM need n"  # noqa: S608
        f" WHERE n.code = {need} AND n.edition <> '')"
    )


async def needs_of_line(*, line: str, user: User) -> list[NeedLine]:
    """Return the needs on a budget line, newest first; for the line's own page."""
    found = await rows(
        f"SELECT n.code, n.state, n.title, n.street, n.item, n.budget, n.channel FROM need n WHERE {_NEED_VISIBLE}"  # noqa: S608
        " AND n.budget_line = $3 ORDER BY n.id DESC LIMIT 100",
        *reader_of(user),
        line,
    )
    made = [{**row, "street_name": "", "url": f"/needs/{row['code']}"} for row in found]
    return msgspec.convert(made, list[NeedLine])
