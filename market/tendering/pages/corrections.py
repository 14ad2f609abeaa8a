"""The door that sets a notice right, and the paper of each correction."""

import asyncio

from litestar import Response

from market.base.refusal import NotFound
from market.base.web import Door, act, file, read
from market.tendering import actions, documents, examples, forms
from market.tendering.pages.doors import TENDER, card_at, fill
from market.tendering.queries import TenderCard
from market.tendering.states import Act


@act(
    Act.CORRECT_NOTICE,
    f"{TENDER}/correct-notice",
    form=forms.CorrectNotice,
    returns=TenderCard,
    fill=fill,
    template="tendering/correct.html",
    example=examples.CORRECTION,
)
async def correct_notice(door: Door[forms.CorrectNotice]) -> TenderCard:
    """Correct a published notice."""
    sent = door.form
    return await actions.correct_notice(
        code=door.code,
        reason=sent.reason,
        said=sent.touches_bids,
        wanted=sent.wanted(),
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@read(f"{TENDER}/corrections/{{number:int}}/notice.pdf", name="correction_paper", media="application/pdf")
async def correction_paper(door: Door[None]) -> Response[bytes]:
    """Answer a correction of the notice as PDF."""
    card = await card_at(door)
    number = int(door.request.path_params["number"])
    correction = next((each for each in card.corrections if each.number == number), None)
    if correction is None:
        raise NotFound
    content = await asyncio.to_thread(documents.correction_notice, tender=card, correction=correction, lang=door.lang)
    return file(content, name=f"{card.code}-correction-{number}.pdf", media_type="application/pdf")
