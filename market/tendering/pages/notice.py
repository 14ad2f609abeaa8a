"""The street's doors before the opening, and the one that ends a tender."""

from market.base.web import Door, Filled, act
from market.needs.queries import need_for
from market.tendering import actions, examples, forms, queries
from market.tendering.pages.doors import TENDER, card_at, fill
from market.tendering.queries import TenderCard
from market.tendering.states import Act


async def _fill_draft(door: Door[None]) -> Filled:
    need = await need_for(code=door.code, user=door.user)
    schedule = await queries.schedule_from(street=need.street, now=door.now)
    values = {"title": need.title, "budget": need.budget, "panel_size": 3}
    return Filled(record=need, values=values, context={"schedule": schedule})


@act(
    Act.DRAFT_TENDER,
    "/needs/{code:str}/draft-tender",
    form=forms.DraftTender,
    returns=TenderCard,
    fill=_fill_draft,
    template="tendering/draft.html",
    example=examples.DRAFT,
)
async def draft_tender(door: Door[forms.DraftTender]) -> TenderCard:
    """Draft a tender from an approved need."""
    return await actions.draft_tender(need=door.code, wanted=door.form.terms(), by=door.user, now=door.now)


async def _fill_publication(door: Door[None]) -> Filled:
    return Filled(record=await card_at(door))


@act(
    Act.PUBLISH_TENDER,
    f"{TENDER}/publish-tender",
    form=forms.PublishTender,
    returns=TenderCard,
    fill=_fill_publication,
    template="tendering/publish.html",
    example=examples.PUBLICATION,
)
async def publish_tender(door: Door[forms.PublishTender]) -> TenderCard:
    """Publish a draft as its notice."""
    sent = door.form
    return await actions.publish_tender(
        code=door.code,
        closes_at=sent.closes_at,
        opens_at=sent.opens_at,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_answer(door: Door[None]) -> Filled:
    card = await card_at(door)
    waiting = [(str(q.number), f"{q.number}. {q.text}") for q in card.questions if q.answer is None]
    return Filled(record=card, choices={"questions": waiting})


@act(
    Act.ANSWER_QUESTION,
    f"{TENDER}/answer-question",
    form=forms.AnswerQuestion,
    returns=TenderCard,
    fill=_fill_answer,
    example=examples.answer,
)
async def answer_question(door: Door[forms.AnswerQuestion]) -> TenderCard:
    """Answer a question for everybody."""
    sent = door.form
    return await actions.answer_question(
        code=door.code, question=sent.question, answer=sent.answer, by=door.user, now=door.now
    )


@act(
    Act.CANCEL_TENDER,
    f"{TENDER}/cancel-tender",
    form=forms.CancelTender,
    returns=TenderCard,
    fill=fill,
    example=examples.CANCELLING,
)
async def cancel_tender(door: Door[forms.CancelTender]) -> TenderCard:
    """Cancel a tender with a reason."""
    return await actions.cancel_tender(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )
