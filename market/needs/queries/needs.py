"""Reads of needs: cards for their readers, facts for upper rooms, what waits for whom."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from catalogs.queries import item_for, menu_item_for
from catalogs.queries.entries import ItemCard
from market.base.database import Row, one, rows
from market.base.lifecycle import HOUSE
from market.base.money import Yuan
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.needs.rules import LongTerm, NeedPlan, Target
from market.needs.states import Act, Answer, State
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


class NeedLine(Record, frozen=True, kw_only=True):
    """A need in the list."""

    title: str
    street: str
    street_name: str
    item: str
    budget: Yuan


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


# Who may see a need is a WHERE: what may be bought is public, what is still being written only the street's.
_NEED_VISIBLE = "($1::bool OR n.street = $2 OR n.state IN ('approved', 'tendering', 'contracted'))"


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


async def need_for(*, code: str, user: User) -> NeedCard:
    """Return a need to those who may see it. Raises NotFound for everybody else."""
    row = await one(f"SELECT n.* FROM need n WHERE {_NEED_VISIBLE} AND n.code = $3", *reader_of(user), code)  # noqa: S608
    if row is None:
        raise NotFound
    within = user.organization == row["street"] or user.may_be(Role.AUDITOR, Role.FINANCE_SUPERVISOR)
    secret = {} if within else {"drafted_by": None, "reviewed_by": None, "reason": None}
    names = await organization_names(codes=[row["street"]])
    item, menu_item = await card_of_item(row["item"]), await card_of_menu_item(row["menu_item"])
    return msgspec.convert(
        {
            **row,
            **secret,
            "street_name": names.get(row["street"], ""),
            "item_name": item.name_zh if item else "",
            "menu_item_name": menu_item.name_zh if menu_item else "",
            "url": f"/needs/{code}",
            "acts": acts_for(kind="need", code=code, state=row["state"], by=user, facts=_facts(row, user)),
        },
        NeedCard,
        from_attributes=True,
    )


def _facts(row: Row, user: User) -> frozenset[str]:
    """Return what holds between a need and its reader: it is the street's own, and the reader had no hand in it."""
    if user.organization != row["street"]:
        return frozenset()
    return frozenset({"own"} if user.account in row["hands"] else {"own", "second-person"})


def cursor_of(after: str | None) -> int | None:
    """Return the row after which a page goes on; None when the cursor is none of ours."""
    return int(after) if after and after.isdecimal() and len(after) < 19 else None  # noqa: PLR2004  the size of a bigint


async def needs_page(
    *, user: User, state: str | None = None, street: str | None = None, after: str | None = None
) -> Listing[NeedLine]:
    """Return the needs a reader may see, newest first, 50 a page; of one state or street when asked."""
    found = await rows(
        f"SELECT n.id, n.code, n.state, n.title, n.street, n.item, n.budget FROM need n WHERE {_NEED_VISIBLE}"  # noqa: S608
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
        f"SELECT n.code, n.state, n.title, n.street, n.item, n.budget FROM need n WHERE {_NEED_VISIBLE}"  # noqa: S608
        " AND n.budget_line = $3 ORDER BY n.id DESC LIMIT 100",
        *reader_of(user),
        line,
    )
    made = [{**row, "street_name": "", "url": f"/needs/{row['code']}"} for row in found]
    return msgspec.convert(made, list[NeedLine])


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return the drafts a purchaser has to finish, the needs to tender, and those a second person has to review."""
    if user.may_be(Role.PURCHASER):
        state, act, law = [State.DRAFT, State.SENT_BACK, State.APPROVED], Act.SUBMIT_NEED, "N-10"
    elif user.may_be(Role.APPROVER, Role.LEGAL_REVIEWER):
        state, act, law = [State.SUBMITTED], Act.REVIEW_NEED, "B-5"
    else:
        return []
    found = await rows(
        "SELECT code, state, title, hands FROM need WHERE street = $1 AND state = ANY ($2) ORDER BY id LIMIT 100",
        user.organization or "",
        [str(one_of) for one_of in state],
    )
    waiting = []
    for row in found:
        if row["state"] == State.APPROVED:
            links = acts_for(kind="need", code=row["code"], state=row["state"], by=user, facts=frozenset({"own"}))
            waiting += [_waiting(row, link.act, HOUSE.steps[link.act][1].law) for link in links]
        elif act is not Act.REVIEW_NEED or user.account not in row["hands"]:
            waiting.append(_waiting(row, str(act), law))
    return waiting


def _waiting(row: Row, act: str, law: str) -> Waiting:
    return Waiting(title=row["title"], act=act, url=f"/needs/{row['code']}", law=law)
