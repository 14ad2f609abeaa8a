"""Judgement of methods: which are lawful for a need under the law of a day, why, on which grounds, and where each runs.

Law: 政府采购法 第二十六条至第三十二条, 财政部令第74号, 第87号 and 第110号, 财库〔2014〕214号 (H-3 to H-16).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from market.base.money import Yuan, share
from market.base.refusal import Objection, Said, say
from market.law.states import Law
from market.needs.rules.needs import channel_of
from market.needs.states import Channel
from market.needs.states.official import GROUND_WORDS, METHOD_WORDS, Ground, Method

_ALWAYS_OFFICIAL = frozenset({Method.OPEN_TENDER, Method.INVITATION, Method.FRAMEWORK, Method.OPEN_FRAMEWORK})


class MethodFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a method depends on: the money, and whether the item stands in the central catalogue."""

    budget: Yuan
    central: bool = False


class TopUp(msgspec.Struct, frozen=True, kw_only=True):
    """What a top-up is measured by: the original contract, and what was topped up before."""

    original: Yuan = Decimal(0)
    earlier: Yuan = Decimal(0)


class MethodView(msgspec.Struct, frozen=True, kw_only=True):
    """One method as the table shows it; a lawful one needs all of `all_of` and, if any are named, one of `one_of`.

    `laws` are the articles, the deciding one first.
    """

    method: Method
    lawful: bool
    channel: Channel
    why: Said
    laws: tuple[str, ...]
    one_of: tuple[Ground, ...] = ()
    all_of: tuple[Ground, ...] = ()


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """A need as the rules of single methods see it."""

    facts: MethodFacts
    law: Law
    #: At or above the limit, or in the central catalogue: the Procurement Law binds.
    statutory: bool
    #: At or above the amount from which an open tender is the rule.
    large: bool

    @property
    def approval(self) -> tuple[Ground, ...]:
        """Return the approval that every other method needs from the open-tender amount on (H-5)."""
        return (Ground.FINANCE_APPROVED,) if self.large else ()

    @property
    def others(self) -> tuple[str, ...]:
        """Return the article that governs methods other than the open tender for this amount."""
        return ("H-5",) if self.large else () if self.statutory else ("H-3",)


def lawful_methods(*, facts: MethodFacts, law: Law) -> tuple[MethodView, ...]:
    """Return every method with its answer for this need under a day's law: lawful or not, why, on which grounds."""
    here = channel_of(amount=facts.budget, central=facts.central, law=law)
    case = _Case(
        facts=facts,
        law=law,
        statutory=here is Channel.OFFICIAL,
        large=facts.budget >= law.number("H-2.open-tender"),
    )
    return tuple(
        _view(judge(case), method=method, channel=Channel.OFFICIAL if method in _ALWAYS_OFFICIAL else here)
        for method, judge in _JUDGES.items()
    )


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    lawful: bool = True
    why: Said
    laws: tuple[str, ...]
    one_of: tuple[Ground, ...] = ()
    all_of: tuple[Ground, ...] = ()


def _view(answer: _Answer, *, method: Method, channel: Channel) -> MethodView:
    return MethodView(method=method, channel=channel, **msgspec.structs.asdict(answer))


def _consultation(case: _Case) -> _Answer:
    """Law: 财库〔2014〕214号 第三条第（一）项 (H-7)."""
    why = say("Any purchase of services may be bought by competitive consultation below the open-tender amount.")
    if case.large:
        why = say(
            "From {amount_yuan} on an open tender is the rule; another method needs approval before the start.",
            amount_yuan=case.law.number("H-2.open-tender"),
        )
    return _Answer(why=why, laws=("H-7", *case.others), all_of=case.approval)


def _negotiation(case: _Case) -> _Answer:
    """Law: 政府采购法 第三十条; 财政部令第74号 第二十七条 (H-8)."""
    return _Answer(
        why=say("Only in one of the cases that the law names for negotiation."),
        laws=("H-8", *case.others),
        one_of=(Ground.TENDER_FAILED, Ground.COMPLEX, Ground.URGENT, Ground.PRICE_UNKNOWN),
        all_of=case.approval,
    )


def _single_source(case: _Case) -> _Answer:
    """Law: 政府采购法 第三十一条 (H-9); 沪府令65号 第十九条 (H-10); from the open-tender amount on announced (H-11)."""
    city = (Ground.SPECIAL_RESEARCH, Ground.CULTURE_ARTS) if "H-10" in case.law else ()
    return _Answer(
        why=say(
            "Only in one of the cases that the law names; top-ups together stay within {percent} % of the original.",
            percent=(case.law.number("H-9") * 100).normalize(),
        ),
        laws=("H-9", *(("H-10",) if city else ()), *(("H-11",) if case.large else ()), *case.others),
        one_of=(Ground.ONLY_SUPPLIER, Ground.EMERGENCY, Ground.TOP_UP, *city),
        all_of=(*case.approval, *((Ground.ANNOUNCED,) if case.large else ())),
    )


def _simple_selection(case: _Case) -> _Answer:
    """Law: 政府采购法 第二条; below the limit the street's internal control decides (H-3)."""
    if case.statutory:
        why = say("Simple selection is no method of the Procurement Law, which binds this purchase.")
        return _Answer(lawful=False, why=why, laws=("H-3", "H-4"))
    return _Answer(
        why=say("Below the limit and outside the central catalogue the street's internal control decides."),
        laws=("H-3",),
    )


def _open_tender(case: _Case) -> _Answer:
    """Law: 政府采购法 第二十七条 (H-5); it runs on the city's platform (H-4)."""
    if case.large:
        why = say("From {amount_yuan} on it is the rule.", amount_yuan=case.law.number("H-2.open-tender"))
    else:
        why = say("It is lawful at any amount, and runs on the city's platform.")
    return _Answer(why=why, laws=("H-5", "H-4"))


def _invitation(case: _Case) -> _Answer:
    """Law: 政府采购法 第二十九条、第三十四条; 财政部令第87号 第十四条 (H-12)."""
    return _Answer(
        why=say(
            "Only in one of the two cases of the law; at least {fewest} suppliers are drawn at random.",
            fewest=int(case.law.number("H-12")),
        ),
        laws=("H-12", *(("H-5",) if case.large else ()), "H-4"),
        one_of=(Ground.LIMITED_RANGE, Ground.COST_OUT_OF_PROPORTION),
        all_of=case.approval,
    )


def _framework(case: _Case) -> _Answer:
    """Law: 财政部令第110号 第三条第（三）项 (H-14)."""
    if case.facts.central or not case.statutory:
        why = say("Only outside the central catalogue, and for a yearly amount from {limit_yuan} on.",
                  limit_yuan=case.law.number("H-2.limit"))  # fmt: skip
        return _Answer(lawful=False, why=why, laws=("H-14",))
    why = say("For services to the public that users choose among several suppliers.")
    return _Answer(why=why, laws=("H-14", "H-4"), all_of=(Ground.USER_CHOOSES,))


def _open_framework(case: _Case) -> _Answer:
    """Law: 财政部令第110号 第十条第二款 (H-15); 财库〔2022〕17号 三 (H-16)."""
    closed = _framework(case)
    if not closed.lawful:
        return closed
    return _Answer(
        why=say("Only with a uniform tariff, where every willing supplier is to be admitted, after a closed pilot."),
        laws=("H-15", "H-16", "H-14", "H-4"),
        all_of=(Ground.USER_CHOOSES, Ground.UNIFORM_TARIFF, Ground.ALL_ADMITTED, Ground.PILOTED),
    )


def _quotations(case: _Case) -> _Answer:  # noqa: ARG001  every judge's signature
    """Law: 政府采购法 第三十二条; 财政部令第74号 第三条 (H-13)."""
    return _Answer(
        lawful=False, why=say("A request for quotations is for goods only, never for services."), laws=("H-13",)
    )


_JUDGES: Mapping[Method, Callable[[_Case], _Answer]] = {
    Method.CONSULTATION: _consultation,
    Method.NEGOTIATION: _negotiation,
    Method.SINGLE_SOURCE: _single_source,
    Method.SIMPLE_SELECTION: _simple_selection,
    Method.OPEN_TENDER: _open_tender,
    Method.INVITATION: _invitation,
    Method.FRAMEWORK: _framework,
    Method.OPEN_FRAMEWORK: _open_framework,
    Method.QUOTATIONS: _quotations,
}


def channel_under(*, method: Method | None, facts: MethodFacts, law: Law) -> Channel:
    """Return where a need runs under its method; without one as its money and item say (H-4)."""
    if method in _ALWAYS_OFFICIAL:
        return Channel.OFFICIAL
    return channel_of(amount=facts.budget, central=facts.central, law=law)


def runs_in_house(*, channel: Channel, method: Method | None) -> bool:
    """Tell whether this house runs the whole purchase: below the limit, by competitive consultation."""
    return channel is Channel.HERE and method in (None, Method.CONSULTATION)


def objections_to_kept_method(*, method: Method | None, facts: MethodFacts, law: Law) -> list[Objection]:
    """Object when the method chosen for a draft is not lawful any more, since its money or item has changed."""
    views = [one for one in lawful_methods(facts=facts, law=law) if one.method is method and not one.lawful]
    return [Objection("", say("Choose the method again: {why}", why=view.why), view.laws[0]) for view in views]


def objections_to_leaving(*, channel: Channel, method: Method) -> list[Objection]:
    """Object when a need that this house runs from notice to award is to be handed over."""
    if not runs_in_house(channel=channel, method=method):
        return []
    words = say("This purchase runs here: draft its tender, or choose another method first.")
    return [Objection("", words, "H-3")]


def objections_to_staying(*, channel: Channel, method: Method) -> list[Objection]:
    """Object when a need is to be tendered here that must or shall run outside (H-4)."""
    if channel is Channel.OFFICIAL:
        words = say("This purchase must run on the city's official platform: hand it over.")
        return [Objection("need", words, "H-4")]
    if not runs_in_house(channel=channel, method=method):
        words = say("Its method is “{method}”, which is not run here: hand it over.", method=METHOD_WORDS[method])
        return [Objection("need", words, "H-3")]
    return []


def objections_to_method(
    *, method: Method, grounds: frozenset[Ground], reason: str, top_up: TopUp, facts: MethodFacts, law: Law
) -> list[Objection]:
    """Object to a method that is not lawful here, to grounds that are missing, and to a choice without its reason."""
    view = next(one for one in lawful_methods(facts=facts, law=law) if one.method is method)
    objections: list[Objection] = []
    if not view.lawful:
        objections.append(Objection("method", view.why, view.laws[0]))
    elif view.one_of and not grounds.intersection(view.one_of):
        names = [GROUND_WORDS[ground] for ground in view.one_of]
        objections.append(
            Objection("grounds", say("State one of the grounds: {grounds}.", grounds=names), view.laws[0])
        )
    if view.lawful:
        objections += [_missing(ground, view) for ground in view.all_of if ground not in grounds]
    if Ground.TOP_UP in grounds and method is Method.SINGLE_SOURCE:
        objections += _objections_to_top_up(budget=facts.budget, top_up=top_up, law=law)
    if not reason.strip():
        objections.append(Objection("reason", say("Say why this method is chosen."), view.laws[0]))
    return objections


_LAW_OF_GROUND = {
    Ground.FINANCE_APPROVED: "H-5",
    Ground.ANNOUNCED: "H-11",
    Ground.USER_CHOOSES: "H-14",
    Ground.UNIFORM_TARIFF: "H-15",
    Ground.ALL_ADMITTED: "H-15",
    Ground.PILOTED: "H-16",
}


def _missing(ground: Ground, view: MethodView) -> Objection:
    words = say("This method needs the ground: {ground}.", ground=GROUND_WORDS[ground])
    return Objection("grounds", words, _LAW_OF_GROUND.get(ground, view.laws[0]))


def _objections_to_top_up(*, budget: Yuan, top_up: TopUp, law: Law) -> list[Objection]:
    if top_up.original <= 0:
        return [Objection("original", say("Say what the original contract amounted to."), "H-9")]
    most = share(top_up.original, law.number("H-9"))
    if top_up.earlier + budget <= most:
        return []
    words = say(
        "Top-ups together would be {sum_yuan}; at most {most_yuan} are lawful.",
        sum_yuan=top_up.earlier + budget,
        most_yuan=most,
    )
    return [Objection("original", words, "H-9")]
