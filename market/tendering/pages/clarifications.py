"""The doors of what a panel asks a bidder."""

from litestar.response import Stream

from market.base.web import Door, Filled, act, read
from market.base.wording import words
from market.people.sending import own_files, send_attachment
from market.people.sensitive import Sensitive, note_read
from market.tendering import actions, examples, forms, queries
from market.tendering.pages.doors import TENDER, card_at
from market.tendering.queries import TenderCard
from market.tendering.queries.clarifications import ClarificationLine, file_of_clarification
from market.tendering.states import MATTER_WORDS, Act, BidState


def _choices(lines: list[ClarificationLine], *, lang: str) -> list[tuple[str, str]]:
    return [(str(line.number), f"{line.number}. {words(MATTER_WORDS[line.matter], lang)}") for line in lines]


async def _fill_asking(door: Door[None]) -> Filled:
    card = await card_at(door)
    bids = [bid for bid in card.panel.bids if bid.state in (BidState.OPENED, BidState.VALID)] if card.panel else []
    return Filled(record=card, choices={"bids": [(str(bid.number), str(bid.number)) for bid in bids]})


@act(
    Act.ASK_CLARIFICATION,
    f"{TENDER}/ask-clarification",
    form=forms.AskClarification,
    returns=TenderCard,
    fill=_fill_asking,
    template="tendering/panel_act.html",
    example=examples.ASKED,
)
async def ask_clarification(door: Door[forms.AskClarification]) -> TenderCard:
    """Ask the bidder behind a number to clarify."""
    sent = door.form
    return await actions.ask_clarification(
        code=door.code,
        bid=sent.bid,
        matter=sent.matter,
        question=sent.question,
        until=sent.until,
        by=door.user,
        now=door.now,
    )


async def _fill_answer(door: Door[None]) -> Filled:
    card = await card_at(door)
    waiting = [line for line in card.mine.clarifications if line.open] if card.mine else []
    choices = {"clarifications": _choices(waiting, lang=door.lang), "files": await own_files(by=door.user)}
    return Filled(record=card, choices=choices, context={"asked": waiting, "matter_words": MATTER_WORDS})


@act(
    Act.ANSWER_CLARIFICATION,
    f"{TENDER}/answer-clarification",
    form=forms.AnswerClarification,
    returns=TenderCard,
    fill=_fill_answer,
    template="tendering/clarify.html",
    example=examples.ANSWERED,
)
async def answer_clarification(door: Door[forms.AnswerClarification]) -> TenderCard:
    """Answer what the panel asks one's organization."""
    sent = door.form
    return await actions.answer_clarification(
        code=door.code, clarification=sent.clarification, answer=sent.answer, files=sent.files, by=door.user
    )


async def _fill_judging(door: Door[None]) -> Filled:
    card = await card_at(door)
    waiting = [line for line in card.panel.clarifications if line.to_judge] if card.panel else []
    choices = {"clarifications": _choices(waiting, lang=door.lang)}
    return Filled(record=card, choices=choices, context={"asked": waiting, "matter_words": MATTER_WORDS})


@act(
    Act.JUDGE_CLARIFICATION,
    f"{TENDER}/judge-clarification",
    form=forms.JudgeClarification,
    returns=TenderCard,
    fill=_fill_judging,
    template="tendering/clarify.html",
    example=examples.JUDGED,
)
async def judge_clarification(door: Door[forms.JudgeClarification]) -> TenderCard:
    """Judge whether a bidder has explained its price."""
    sent = door.form
    return await actions.judge_clarification(
        code=door.code,
        clarification=sent.clarification,
        explained=sent.explained,
        reason=sent.reason,
        looked_up=sent.looked_up,
        by=door.user,
        now=door.now,
    )


@read(
    f"{TENDER}/clarifications/{{clarification:int}}/files/{{number:int}}",
    name="clarification_file",
    media="*/*",
    signed_in=True,
)
async def clarification_file(door: Door[None]) -> Stream:
    """Answer a file of a bidder's answer to the panel, under a name that tells nothing."""
    clarification = int(door.request.path_params["clarification"])
    number = int(door.request.path_params["number"])
    row = await queries.tender_row(code=door.code, user=door.user)
    attachment = await file_of_clarification(tender=row, clarification=clarification, number=number, user=door.user)
    await note_read(kind=Sensitive.BID_FILE, code=door.code, by=door.user, now=door.now)
    return await send_attachment(code=attachment, name=f"clarification-{clarification}-file-{number}")
