"""The doors of the law room: the rules with their verification, and the form of a new provision."""

from functools import partial
from typing import Any

from market.base.calendar import local_date
from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.law import actions, forms, queries
from market.law.rules import value_in_words
from market.law.states import VERIFICATION_WORDS, Act, Provision


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
    return Shown(card, _words(door))


async def _fill(door: Door[None]) -> Filled:
    return Filled(values={"rule": door.query("rule") or "", "in_force_from": local_date(door.now).isoformat()})


@act(
    Act.ADD_PROVISION,
    "/law/add-provision",
    form=forms.AddProvision,
    returns=queries.RuleCard,
    fill=_fill,
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


ROUTES: list[Route] = [rules, rule, add_provision]
