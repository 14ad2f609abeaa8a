"""The doors of suggestions: what residents ask for, and what becomes of it."""

from typing import Any

from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.needs import forms
from market.needs.actions import suggestions as actions
from market.needs.pages.voices import can_speak, proof_of, speaker_digest
from market.needs.queries import suggestions as queries
from market.needs.states import OUTCOME_WORDS, SERVICE_WORDS, Act, Kind, SuggestionState
from market.people.states import Role

_WORDS = {"service_words": SERVICE_WORDS, "outcome_words": OUTCOME_WORDS}
_STATES = [state for state in SuggestionState if state is not SuggestionState.HIDDEN]
SUGGESTION_EXAMPLE = {
    "title": "希望开设周末儿童活动室",
    "category": "CULTURE",
    "words": "双休日父母加班时，孩子没有去处。",
    "street": "11000000002468133W",
    "place": "梧桐一村",
    "served": "小学低年级儿童",
    "people": 60,
}


@listing(
    "/suggestions", name="suggestions_page", template="needs/suggestions.html", returns=queries.SuggestionLine
)  # fmt: skip
async def suggestions(door: Door[None]) -> Shown:
    """List suggestions, the most supported first; `?street=`, `?category=`, `?state=` and `?q=` narrow the list."""
    asked = {name: door.query(name) for name in ("street", "category", "state", "q")}
    state = asked["state"] if asked["state"] in set(SuggestionState) else None
    category = asked["category"] if asked["category"] in set(Kind) else None
    found: Listing[queries.SuggestionLine] = await queries.suggestions_page(
        street=asked["street"], category=category, state=state, text=asked["q"], after=door.after
    )
    if door.wants_json:
        return Shown(found)
    context = {"asked": asked, "states": _STATES, "streets": await queries.streets_to_ask(), **_WORDS}
    return Shown(found, {**context, "may_import": Role.PURCHASER in door.user.roles})


@read("/suggestions/{code:str}", name="suggestion_for", template="needs/suggestion.html",
      returns=queries.SuggestionCard)  # fmt: skip
async def suggestion(door: Door[None]) -> Shown:
    """Show a suggestion with its voices, its answer and every later step."""
    card = await queries.suggestion_for(code=door.code, user=door.user, speaker=speaker_digest(door), lang=door.lang)
    return Shown(card, _WORDS)


async def _fill_suggest(door: Door[Any]) -> Filled:
    """Return the form; on its check, what neighbours asked for already in much the same words."""
    choices = {"streets": await queries.streets_to_ask()}
    context = {**can_speak(door), "kept": {}}
    if door.form is not None:
        near = await queries.similar_to(title=door.form.title, street=door.form.street)
        context |= {"beside": "needs/_similar.html", "similar": near}
    return Filled(choices=choices, context=context)


@act(
    Act.SUGGEST_NEED, "/suggestions/suggest-need", form=forms.SuggestNeed, returns=queries.SuggestionCard,
    fill=_fill_suggest, template="needs/suggest.html", example=SUGGESTION_EXAMPLE,
)  # fmt: skip
async def suggest_need(door: Door[forms.SuggestNeed]) -> queries.SuggestionCard:
    """Suggest what is needed, with a residents' account or a proven phone number."""
    sent = door.form
    return await actions.suggest_need(
        street=sent.street, wording=sent.wording(), proof=sent.proof or proof_of(door), by=door.user, now=door.now
    )


async def _fill(door: Door[Any]) -> Filled:
    card = await queries.suggestion_for(code=door.code, user=door.user, speaker=speaker_digest(door), lang=door.lang)
    return Filled(record=card, context={**can_speak(door), **_WORDS})


@act(
    Act.SUPPORT_SUGGESTION, "/suggestions/{code:str}/support-suggestion", form=forms.SupportSuggestion,
    returns=queries.SuggestionCard, fill=_fill, template="needs/support.html", example={},
)  # fmt: skip
async def support_suggestion(door: Door[forms.SupportSuggestion]) -> queries.SuggestionCard:
    """Add one's voice to a suggestion; each person counts once."""
    proof = door.form.proof or proof_of(door)
    return await actions.support_suggestion(code=door.code, proof=proof, by=door.user, now=door.now)


async def _fill_answer(door: Door[Any]) -> Filled:
    filled = await _fill(door)
    needs = await queries.need_choices(street=door.user.organization or "")
    return Filled(record=filled.record, choices={"needs": needs}, context=filled.context)


@act(
    Act.ANSWER_SUGGESTION, "/suggestions/{code:str}/answer-suggestion", form=forms.AnswerSuggestion,
    returns=queries.SuggestionCard, fill=_fill_answer, template="needs/answer.html",
    example={"outcome": "others", "reason": "社区志愿者服务队每月第一个周六上门，居委会已安排。"},
)  # fmt: skip
async def answer_suggestion(door: Door[forms.AnswerSuggestion]) -> queries.SuggestionCard:
    """Answer a suggestion of one's own street; all who spoke are told."""
    sent = door.form
    return await actions.answer_suggestion(
        code=door.code, outcome=sent.outcome, reason=sent.reason, need=sent.need or "", link=sent.link,
        expected=door.expected, by=door.user, now=door.now,
    )  # fmt: skip


async def _fill_merge(door: Door[Any]) -> Filled:
    filled = await _fill(door)
    others = await queries.others_to_merge(code=door.code, street=filled.record.street)
    return Filled(record=filled.record, choices={"others": others}, context=filled.context)


def _example_of_merger(card: queries.SuggestionCard) -> dict[str, str]:
    """Return a body for the example: the first two suggestions of this year are of one street, and one is merged."""
    first, third = "S-2026-0001", "S-2026-0003"
    return {"into": third if card.code == first else first}


@act(
    Act.MERGE_SUGGESTIONS, "/suggestions/{code:str}/merge-suggestions", form=forms.MergeSuggestions,
    returns=queries.SuggestionCard, fill=_fill_merge, template="needs/answer.html", example=_example_of_merger,
)  # fmt: skip
async def merge_suggestions(door: Door[forms.MergeSuggestions]) -> queries.SuggestionCard:
    """Merge a suggestion into another of the same street; all voices are kept."""
    return await actions.merge_suggestions(
        code=door.code, into=door.form.into, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.HIDE_SUGGESTION, "/suggestions/{code:str}/hide-suggestion", form=forms.HideSuggestion,
    returns=queries.SuggestionCard, fill=_fill, template="needs/answer.html",
    example={"reason": "内容涉及邻里个人情况，已另行联系处理。"},
)  # fmt: skip
async def hide_suggestion(door: Door[forms.HideSuggestion]) -> queries.SuggestionCard:
    """Take a suggestion from public sight, with a reason that everybody reads."""
    return await actions.hide_suggestion(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )


ROUTES: list[Route] = [
    suggestions, suggestion, suggest_need, support_suggestion, answer_suggestion, merge_suggestions, hide_suggestion,
]  # fmt: skip
