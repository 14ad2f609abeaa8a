"""The doors of the law room: the rules with their verification, the holiday lists, and what adds to them."""

from functools import partial
from typing import Any

from market.base.calendar import last_issued_day, local_date
from market.base.records import Listing
from market.base.refusal import NotFound
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.law import actions, forms, queries
from market.law.keeping import kept_by
from market.law.rules import value_in_words
from market.law.states import VERIFICATION_WORDS, WHAT_WORDS, Act, Provision, State


def _words(door: Door[Any]) -> dict[str, Any]:
    return {"in_words": partial(_value, lang=door.lang), "marks": VERIFICATION_WORDS}


def _value(line: queries.ProvisionLine | Provision, *, lang: str) -> str:
    return value_in_words(line.value, line.unit, lang)


@listing("/law", name="rules_page", template="law/rules.html", returns=queries.RuleLine)
async def rules(door: Door[None]) -> Shown:
    """List the rules with their articles; `?q=` searches, `?mark=` keeps one verification mark."""
    wanted = {"words": door.query("q"), "mark": door.query("mark")}
    found: Listing[queries.RuleLine] = await queries.rules_page(day=local_date(door.now), after=door.after, **wanted)
    return Shown(found, {**_words(door), **wanted, "may_add": "platform-administrator" in door.user.roles})


@read("/law/{rule:str}", name="rule_for", template="law/rule.html", returns=queries.RuleCard)
async def rule(door: Door[None]) -> Shown:
    """Show a rule with all its provisions, past and to come."""
    wanted = str(door.request.path_params["rule"])
    card = await queries.rule_for(rule=wanted, user=door.user, day=local_date(door.now))
    return Shown(card, {**_words(door), "may_add": "platform-administrator" in door.user.roles})


async def _fill(door: Door[Any]) -> Filled:
    """Start from the rule that was chosen; before the last look, show what stands and what is not touched."""
    today = local_date(door.now)
    provisions = await queries.all_provisions()
    if isinstance(door.form, forms.AddProvision):
        new = door.form.provision()
        stands = [line for line in await _stands(door, new.id) if line.state != State.EXPIRED]
        beside = {"beside": "law/_stands.html", "stands": stands, "new": new, "kept": await kept_by(provision=new)}
        return Filled(context={**_words(door), **beside})
    rule = door.query("rule") or ""
    stands = await _stands(door, rule)
    rules_known = {provision.id: provision for provision in provisions}
    values = {"in_force_from": today.isoformat(), "rule": rule}
    if stands:
        first = stands[0]
        values |= {"title_zh": first.title_zh, "title_en": first.title_en, "article": first.article}
        values |= {"unit": str(first.unit), "scope": first.scope}
    return Filled(values=values, context={**_words(door), "stands": stands, "rules_known": list(rules_known.values())})


async def _stands(door: Door[Any], rule: str) -> list[queries.ProvisionLine]:
    """Return the provisions of a rule that may not exist yet, the one that counts today first."""
    try:
        card = await queries.rule_for(rule=rule, user=door.user, day=local_date(door.now))
    except NotFound:
        return []
    return card.provisions


@act(
    Act.ADD_PROVISION,
    "/law/add-provision",
    form=forms.AddProvision,
    returns=queries.RuleCard,
    fill=_fill,
    template="law/add.html",
    example={
        "rule": "H-2.limit",
        "title_zh": "分散采购限额标准（服务）",
        "title_en": "Procurement limit for services",
        "article": "虹口区集中采购目录和采购限额标准",
        "value": "800000",
        "unit": "yuan",
        "scope": "district:虹口区",
        "in_force_from": "2027-01-01",
        "verification": "M-M",
    },
)
async def add_provision(door: Door[forms.AddProvision]) -> queries.RuleCard:
    """Add a provision; those that stand are never changed."""
    return await actions.add_provision(provision=door.form.provision(), by=door.user, now=door.now)


@listing("/calendar", name="calendar_page", template="law/calendar.html", returns=queries.HolidayListLine)
async def calendar(door: Door[None]) -> Shown:
    """List the holiday lists that were taken in, newest first."""
    await queries.all_provisions()  # and with them the lists, which may be newer than this process knows
    found = await queries.calendar_page(after=door.after)
    may = "platform-administrator" in door.user.roles
    return Shown(found, {"issued": last_issued_day(), "may_import": may})


@read("/calendar/{code:str}", name="calendar_for", template="law/holidays.html", returns=queries.HolidayListCard)
async def holidays(door: Door[None]) -> Shown:
    """Show a holiday list with its days and the deadlines that it moved."""
    return Shown(await queries.calendar_for(code=door.code), {"what_words": WHAT_WORDS})


async def _fill_holidays(door: Door[Any]) -> Filled:
    """Start with the next year; before the last look, show which days change."""
    if not isinstance(door.form, forms.ImportHolidays):
        return Filled(values={"year": last_issued_day().year + 1})
    changed = await actions.changes_of(year=door.form.year, days=door.form.named())
    return Filled(context={"beside": "law/_changes.html", "changed": changed})


@act(
    Act.IMPORT_HOLIDAYS,
    "/calendar/import-holidays",
    form=forms.ImportHolidays,
    returns=queries.HolidayListCard,
    fill=_fill_holidays,
    example={
        "year": 2027,
        "document": "国务院办公厅关于2027年部分节假日安排的通知（虚构）",
        "csv": "2027-01-01/2027-01-03, off\n2027-02-05/2027-02-11, off\n2027-02-20, working\n"
        "2027-05-01/2027-05-05, off\n2027-10-01/2027-10-07, off",
    },
)
async def import_holidays(door: Door[forms.ImportHolidays]) -> queries.HolidayListCard:
    """Take in a year's holiday list; open deadlines are reckoned anew. `?dry_run=1` answers what would be."""
    perform = actions.rehearse_holidays if door.query("dry_run") else actions.import_holidays
    return await perform(
        year=door.form.year, document=door.form.document, days=door.form.named(), by=door.user, now=door.now
    )


ROUTES: list[Route] = [rules, rule, add_provision, calendar, holidays, import_holidays]
