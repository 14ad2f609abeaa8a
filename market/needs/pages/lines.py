"""The doors of budget lines."""

from market.base.calendar import local_date
from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.needs import actions, forms, queries
from market.needs.states import SOURCE_WORDS, Act
from market.people.states import Role


async def _fill_allot(door: Door[None]) -> Filled:
    return Filled(values={"year": local_date(door.now).year})


@listing("/budget", name="lines_page", template="needs/budget.html", returns=queries.LineCard, signed_in=True)
async def budget(door: Door[None]) -> Shown:
    """List the budget lines one may see, newest first."""
    found: Listing[queries.LineCard] = await queries.lines_page(user=door.user, after=door.after)
    return Shown(found, {"may_allot": Role.BUDGET_OFFICER in door.user.roles, "source_words": SOURCE_WORDS})


@read("/budget/{code:str}", name="line_for", template="needs/line.html", returns=queries.LineCard, signed_in=True)
async def line(door: Door[None]) -> Shown:
    """Show a budget line with what is left of it and the needs on it."""
    card = await queries.line_for(code=door.code, user=door.user)
    found = [] if door.wants_json else await queries.needs_of_line(line=door.code, user=door.user)
    return Shown(card, {"needs": found, "source_words": SOURCE_WORDS})


@act(
    Act.ALLOT_BUDGET,
    "/budget/allot-budget",
    form=forms.AllotBudget,
    returns=queries.LineCard,
    fill=_fill_allot,
    example={"title": "社区文体活动", "year": 2026, "source": "street", "amount": "300000.00"},
)
async def allot_budget(door: Door[forms.AllotBudget]) -> queries.LineCard:
    """Allot a budget line to one's own street."""
    sent = door.form
    return await actions.allot_budget(
        title=sent.title, year=sent.year, source=sent.source, amount=sent.amount, by=door.user, now=door.now
    )


ROUTES: list[Route] = [budget, line, allot_budget]
