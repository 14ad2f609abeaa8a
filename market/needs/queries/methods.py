"""Which methods are lawful for a need today, as its page shows them: in words, with article and channel."""

from datetime import datetime

import msgspec

from market.base.calendar import local_date
from market.base.database import one
from market.base.records import Record
from market.base.refusal import NotFound
from market.base.wording import words
from market.law.queries import law_on
from market.needs.queries.needs import card_of_item
from market.needs.rules.methods import MethodFacts, lawful_methods
from market.needs.states.official import GROUND_WORDS, METHOD_WORDS


class MethodRow(msgspec.Struct, frozen=True, kw_only=True):
    """A method in words: whether it is lawful, why, on which grounds, by which rules, where it runs."""

    method: str
    name: str
    lawful: bool
    channel: str
    why: str
    laws: list[str]
    one_of: list[str]
    all_of: list[str]


class MethodTable(Record, frozen=True, kw_only=True):
    """Every method with its answer for a need, under the law of a day in the need's place."""

    title: str
    methods: list[MethodRow]


async def methods_of(*, code: str, now: datetime, lang: str) -> MethodTable:
    """Return the methods of a need that the caller has seen. Raises NotFound."""
    row = await one(
        "SELECT n.code, n.state, n.title, n.item, n.budget, n.street, o.district FROM need n"
        " JOIN organization o ON o.code = n.street WHERE n.code = $1",
        code,
    )
    if row is None:
        raise NotFound
    item = await card_of_item(row["item"])
    law = await law_on(day=local_date(now), district=row["district"] or "", street=row["street"])
    facts = MethodFacts(budget=row["budget"], central=item is not None and item.central)
    return MethodTable(
        code=code,
        state=row["state"],
        url=f"/needs/{code}/methods",
        title=row["title"],
        methods=[
            MethodRow(
                method=view.method,
                name=words(METHOD_WORDS[view.method], lang),
                lawful=view.lawful,
                channel=view.channel,
                why=words(view.why, lang),
                laws=list(view.laws),
                one_of=[words(GROUND_WORDS[ground], lang) for ground in view.one_of],
                all_of=[words(GROUND_WORDS[ground], lang) for ground in view.all_of],
            )
            for view in lawful_methods(facts=facts, law=law)
        ],
    )
