"""The doors of budget lines."""

from typing import Any

from markupsafe import Markup

from market.base import plots
from market.base.calendar import local_date
from market.base.records import Listing
from market.base.refusal import Refused, say
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.base.wording import money, words
from market.needs import actions, forms, queries
from market.needs.states import SOURCE_WORDS, Act
from market.people.sending import own_files
from market.people.states import Role

# The parts of a line with the colours they have on the home page.
_PARTS = ((3, say("Paid"), "paid"), (1, say("Committed"), "committed"), (2, say("Reserved"), "reserved"))


async def _fill_allot(door: Door[None]) -> Filled:
    return Filled(values={"year": local_date(door.now).year})


@listing("/budget", name="lines_page", template="needs/budget.html", returns=queries.LineCard, signed_in=True)
async def budget(door: Door[None]) -> Shown:
    """List the budget lines one may see, newest first."""
    found: Listing[queries.LineCard] = await queries.lines_page(user=door.user, after=door.after)
    return Shown(found, {"may_allot": Role.BUDGET_OFFICER in door.user.roles, "source_words": SOURCE_WORDS})


@read("/budget/{code:str}", name="line_for", template="needs/line.html", returns=queries.LineCard, signed_in=True)
async def line(door: Door[None]) -> Shown:
    """Show a budget line with what is left of it, every movement of its money, and the needs on it."""
    card = await queries.line_for(code=door.code, user=door.user)
    if door.wants_json:
        return Shown(card)
    context = {
        "needs": await queries.needs_of_line(line=door.code, user=door.user),
        "movements": await queries.movements_of(line=door.code),
        "source_words": SOURCE_WORDS,
        "plot": _drawn(card, door.lang),
    }
    return Shown(card, context)


def _drawn(card: queries.LineCard, lang: str) -> Markup:
    """Draw where a line's money is: paid, committed, reserved, free."""
    values = [getattr(card, name) for _, _, name in _PARTS]
    told = "；" if lang.startswith("zh") else "; "
    labels = [words(label, lang) for _, label, _ in _PARTS] + [words(say("Free"), lang)]
    sums = [*values, card.available]
    parts = [plots.Part(tone=tone, label=words(label, lang)) for tone, label, _ in _PARTS]
    return plots.stacked(
        plots.Stacked(
            id="line-money",
            title=words(say("Where the money is"), lang),
            words=told.join(f"{label} {money(value, lang)}" for label, value in zip(labels, sums, strict=True)),
            parts=[*parts, plots.Part(tone=5, label=labels[-1])],
            rows=[plots.Row(label=card.title, note=money(card.amount, lang), values=sums)],
        )
    )


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
    return await actions.allot_budget(line=door.form.line(), by=door.user, now=door.now)


async def _fill_hand(door: Door[None]) -> Filled:
    return Filled(values={"year": local_date(door.now).year}, choices={"files": await own_files(by=door.user)})


@act(Act.HAND_LINE, "/budget/hand-line", form=forms.HandLine, returns=queries.LineCard, fill=_fill_hand)
async def hand_line(door: Door[forms.HandLine]) -> queries.LineCard:
    """Take over money that follows its task from a department, by its document."""
    return await actions.hand_line(line=door.form.line(), by=door.user, now=door.now)


async def _fill_adjust(door: Door[None]) -> Filled:
    card = await queries.line_for(code=door.code, user=door.user)
    return Filled(record=card, values={"amount": card.amount}, choices={"files": await own_files(by=door.user)})


@act(
    Act.ADJUST_LINE,
    "/budget/{code:str}/adjust-line",
    form=forms.AdjustLine,
    returns=queries.LineCard,
    fill=_fill_adjust,
    example=lambda card: {"amount": str(card.amount + 100_000), "document": "示例区财预〔2026〕18号（虚构）"},
)
async def adjust_line(door: Door[forms.AdjustLine]) -> queries.LineCard:
    """Raise or lower a line's amount by a document, never below what is used."""
    sent = door.form
    return await actions.adjust_line(
        code=door.code,
        amount=sent.amount,
        document=sent.document,
        file=sent.file or "",
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_import(door: Door[None]) -> Filled:
    """Show the form; behind a file that was only shown, its rows with what stands against each."""
    file, document = door.query("file"), door.query("document") or ""
    context: dict[str, Any] = {"rows": None, "source_words": SOURCE_WORDS}
    if file:
        try:
            judged = await actions.read_budget(file=file, document=document, by=door.user, now=door.now)
            shown = queries.LinesImported.of(
                judged, file=file, document=document, written=False, codes=(), lang=door.lang
            )
            context |= {"rows": shown.rows, "total": shown.total}
        except Refused as refusal:
            context |= {"objections": refusal.objections}
    values = {"file": file or "", "document": document, "dry_run": not file}
    return Filled(values=values, choices={"files": await own_files(by=door.user)}, context=context)


@act(
    Act.IMPORT_BUDGET,
    "/budget/import-budget",
    form=forms.ImportBudget,
    returns=queries.LinesImported,
    fill=_fill_import,
    template="needs/import.html",
)
async def import_budget(door: Door[forms.ImportBudget]) -> queries.LinesImported:
    """Allot every line of a file, or show what would be allotted."""
    sent = door.form
    judged, codes = await actions.import_budget(
        file=sent.file, document=sent.document, dry_run=sent.dry_run, by=door.user, now=door.now
    )
    return queries.LinesImported.of(
        judged, file=sent.file, document=sent.document, written=not sent.dry_run, codes=codes, lang=door.lang
    )


ROUTES: list[Route] = [budget, line, allot_budget, hand_line, adjust_line, import_budget]
