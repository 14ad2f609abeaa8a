"""The doors of challenges and complaints, their files and papers."""

import asyncio
from typing import Any

import msgspec
from litestar import Response
from litestar.response import Stream

from market.base.records import Listing
from market.base.refusal import NotFound
from market.base.web import Door, Filled, Shown, act, file, listing, read
from market.people.sending import own_files, send_attachment
from market.tendering import actions, documents, examples, forms
from market.tendering.pages.doors import TENDER, card_at
from market.tendering.queries.disputes import (
    ChallengeCard,
    ComplaintCard,
    challenge_for,
    challenges_page,
    complaint_for,
    complaints_page,
    file_of_letter,
    signer_of,
)
from market.tendering.states import Act
from market.tendering.states.disputes import KIND_WORDS, OUTCOME_WORDS, PATH_WORDS, STAGE_WORDS

_CHALLENGE = "/challenges/{code:str}"
_COMPLAINT = "/complaints/{code:str}"
_PDF = "application/pdf"
_LETTER = ("facts", "grounds", "request", "contact", "files")
_WORDS = {
    "kind_words": KIND_WORDS,
    "stage_words": STAGE_WORDS,
    "outcome_words": OUTCOME_WORDS,
    "path_words": PATH_WORDS,
}


async def _challenge_at(door: Door[Any]) -> ChallengeCard:
    return await challenge_for(code=door.code, user=door.user, now=door.now)


async def _complaint_at(door: Door[Any]) -> ComplaintCard:
    return await complaint_for(code=door.code, user=door.user, now=door.now)


async def _files(door: Door[Any]) -> dict[str, list[tuple[str, str]]]:
    return {"files": await own_files(by=door.user)}


def _letter(form: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(form, name) for name in _LETTER}


@listing("/challenges", name="challenges_page", template="tendering/challenges.html", returns=ChallengeCard)
async def challenges(door: Door[None]) -> Shown:
    """List the challenges one may see, newest first."""
    return Shown(await challenges_page(user=door.user, now=door.now, after=door.after), _WORDS)


@listing("/complaints", name="complaints_page", template="tendering/complaints.html", returns=ComplaintCard)
async def complaints(door: Door[None]) -> Shown:
    """List the complaints one may see, newest first; the public sees the decisions."""
    found: Listing[ComplaintCard] = await complaints_page(user=door.user, now=door.now, after=door.after)
    return Shown(found, _WORDS)


@read(_CHALLENGE, name="challenge_for", template="tendering/challenge.html", returns=ChallengeCard, signed_in=True)
async def challenge(door: Door[None]) -> Shown:
    """Show a challenge and its answer."""
    return Shown(await _challenge_at(door), _WORDS)


@read(_COMPLAINT, name="complaint_for", template="tendering/complaint.html", returns=ComplaintCard)
async def complaint(door: Door[None]) -> Shown:
    """Show a complaint; its decision is everybody's to read."""
    return Shown(await _complaint_at(door), _WORDS)


async def _fill_challenge(door: Door[None]) -> Filled:
    return Filled(record=await card_at(door), choices=await _files(door))


@act(
    Act.FILE_CHALLENGE,
    f"{TENDER}/file-challenge",
    form=forms.FileChallenge,
    returns=ChallengeCard,
    fill=_fill_challenge,
    template="tendering/file_challenge.html",
    example=examples.challenge,
)
async def file_challenge(door: Door[forms.FileChallenge]) -> ChallengeCard:
    """Challenge documents, process or result."""
    sent = door.form
    return await actions.file_challenge(
        code=door.code,
        kind=sent.kind,
        stage=sent.stage,
        matter=sent.matter,
        letter=_letter(sent),
        by=door.user,
        now=door.now,
    )


async def _fill_answer(door: Door[None]) -> Filled:
    return Filled(record=await _challenge_at(door), context=_WORDS)


@act(
    Act.ANSWER_CHALLENGE,
    f"{_CHALLENGE}/answer-challenge",
    form=forms.AnswerChallenge,
    returns=ChallengeCard,
    fill=_fill_answer,
    template="tendering/dispute_act.html",
    example=examples.ANSWER_TO_CHALLENGE,
)
async def answer_challenge(door: Door[forms.AnswerChallenge]) -> ChallengeCard:
    """Answer a challenge for the street."""
    sent = door.form
    return await actions.answer_challenge(
        code=door.code,
        outcome=sent.outcome,
        answer=sent.answer,
        grounds=sent.grounds,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_complaint(door: Door[None]) -> Filled:
    return Filled(record=await _challenge_at(door), choices=await _files(door), context=_WORDS)


@act(
    Act.FILE_COMPLAINT,
    f"{_CHALLENGE}/file-complaint",
    form=forms.FileComplaint,
    returns=ComplaintCard,
    fill=_fill_complaint,
    template="tendering/dispute_act.html",
    example=examples.COMPLAINT,
)
async def file_complaint(door: Door[forms.FileComplaint]) -> ComplaintCard:
    """Complain to the district finance supervisor."""
    return await actions.file_complaint(code=door.code, letter=_letter(door.form), by=door.user, now=door.now)


async def _fill_decision(door: Door[None]) -> Filled:
    return Filled(record=await _complaint_at(door), context=_WORDS)


@act(
    Act.DECIDE_COMPLAINT,
    f"{_COMPLAINT}/decide-complaint",
    form=forms.DecideComplaint,
    returns=ComplaintCard,
    fill=_fill_decision,
    template="tendering/dispute_act.html",
    example=examples.DECISION,
)
async def decide_complaint(door: Door[forms.DecideComplaint]) -> ComplaintCard:
    """Decide a complaint; the decision is published."""
    sent = door.form
    return await actions.decide_complaint(
        code=door.code,
        outcome=sent.outcome,
        decision=sent.decision,
        grounds=sent.grounds,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@read(f"{_CHALLENGE}/answer.pdf", name="challenge_answer_paper", media=_PDF, signed_in=True)
async def challenge_answer_paper(door: Door[None]) -> Response[bytes]:
    """Answer the street's answer as PDF, with the notice of the right to complain."""
    card = await _challenge_at(door)
    if card.outcome is None:
        raise NotFound
    signer, _ = await signer_of(challenge=card.code)
    content = await asyncio.to_thread(documents.challenge_answer, card=card, signer=signer, lang=door.lang)
    return file(content, name=f"{card.code}-answer.pdf", media_type=_PDF)


@read(f"{_COMPLAINT}/decision.pdf", name="complaint_decision_paper", media=_PDF)
async def complaint_decision_paper(door: Door[None]) -> Response[bytes]:
    """Answer the published decision as PDF."""
    card = await _complaint_at(door)
    if card.outcome is None:
        raise NotFound
    signer, party = await signer_of(complaint=card.code)
    content = await asyncio.to_thread(
        documents.complaint_decision, card=card, party=party, signer=signer, lang=door.lang
    )
    return file(content, name=f"{card.code}-decision.pdf", media_type=_PDF)


@read(f"{_CHALLENGE}/files/{{number:int}}", name="challenge_file", media="*/*", signed_in=True)
async def challenge_file(door: Door[None]) -> Stream:
    """Answer a file of a challenge to its parties."""
    return await _file(door)


@read(f"{_COMPLAINT}/files/{{number:int}}", name="complaint_file", media="*/*", signed_in=True)
async def complaint_file(door: Door[None]) -> Stream:
    """Answer a file of a complaint to its parties."""
    return await _file(door)


async def _file(door: Door[None]) -> Stream:
    number = int(door.request.path_params["number"])
    attachment = await file_of_letter(code=door.code, number=number, user=door.user, now=door.now)
    return await send_attachment(code=attachment)
