"""The doors of what changes a contract: proposals, the other side's answer, and the change itself."""

import asyncio
from datetime import date, timedelta
from typing import Any

from litestar import Response

from contracts import actions, documents, forms, queries
from contracts.actions import Ground
from contracts.rules.changes import StageChange
from contracts.states import Act, Side
from market.base.calendar import local_date
from market.base.web import Door, Filled, Shown, act, file, read
from market.people.actions import public_address
from market.people.sending import own_files

_DAY = timedelta(days=1)


def _open_stages(card: queries.ContractCard) -> list[queries.MilestoneLine]:
    return [m for m in card.milestones if not m.accepted_at and not any(d.state == "reported" for d in m.deliveries)]


async def _fill_proposal(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    return Filled(record=card, choices=await _choices(door, card))


async def _choices(door: Door[None], card: queries.ContractCard) -> dict[str, list[tuple[str, str]]]:
    return {
        "files": await own_files(by=door.user),
        "stages": [(str(m.number), f"{m.number}. {m.title}") for m in _open_stages(card)],
    }


def _other_day(card: queries.ContractCard, stage: queries.MilestoneLine) -> date:
    return card.until_on if stage.due_on != card.until_on else card.until_on - _DAY


async def _fill_amendment(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    stages = [
        {"number": str(m.number), "title": m.title, "due_on": m.due_on, "amount": str(m.amount)}
        for m in _open_stages(card)
    ]
    values: dict[str, Any] = {"amount": str(card.amount), "until_on": card.until_on, "milestones": stages}
    return Filled(record=card, values=values, choices=await _choices(door, card))


@act(
    Act.AMEND_CONTRACT,
    "/contracts/{code:str}/amend-contract",
    form=forms.AmendContract,
    returns=queries.AmendmentCard,
    fill=_fill_amendment,
    template="contracts/propose.html",
    example=lambda card: {
        "reason": "schedule",
        "explanation": "社区活动室三月检修，最后一个里程碑顺延一周，价款不变。",
        "milestones": [{"number": m.number, "due_on": str(_other_day(card, m))} for m in _open_stages(card)[-1:]],
    },
)
async def amend_contract(door: Door[forms.AmendContract]) -> queries.AmendmentCard:
    """Propose other terms of a contract in force."""
    sent = door.form
    return await actions.amend_contract(
        code=door.code,
        ground=Ground(reason=sent.reason, explanation=sent.explanation, evidence=sent.evidence),
        amount=sent.amount,
        until_on=sent.until_on,
        stages=[
            StageChange(number=row.number, title=row.title, due_on=row.due_on, amount=row.amount)
            for row in sent.milestones
        ],
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@act(
    Act.SUSPEND_CONTRACT,
    "/contracts/{code:str}/suspend-contract",
    form=forms.SuspendContract,
    returns=queries.AmendmentCard,
    fill=_fill_proposal,
    template="contracts/propose.html",
    example={"reason": "agreement", "explanation": "服务场地装修，双方同意暂停履行。"},
)
async def suspend_contract(door: Door[forms.SuspendContract]) -> queries.AmendmentCard:
    """Propose that performance pauses."""
    sent = door.form
    return await actions.suspend_contract(
        code=door.code,
        ground=Ground(reason=sent.reason, explanation=sent.explanation, evidence=sent.evidence),
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_resumption(door: Door[None]) -> Filled:
    """Offer every day moved by as many days as the suspension took."""
    card = await queries.contract_for(code=door.code, user=door.user)
    since = card.changes.suspended_at
    lost = (local_date(door.now) - local_date(since)).days * _DAY if since else 0 * _DAY
    stages = [{"number": str(m.number), "due_on": m.due_on + lost} for m in _open_stages(card)]
    values: dict[str, Any] = {"until_on": card.until_on + lost, "milestones": stages}
    return Filled(record=card, values=values, choices=await _choices(door, card))


@act(
    Act.RESUME_CONTRACT,
    "/contracts/{code:str}/resume-contract",
    form=forms.ResumeContract,
    returns=queries.AmendmentCard,
    fill=_fill_resumption,
    template="contracts/propose.html",
    example={"reason": "agreement", "explanation": "场地装修完工，恢复履行。"},
)
async def resume_contract(door: Door[forms.ResumeContract]) -> queries.AmendmentCard:
    """Propose that performance goes on."""
    sent = door.form
    return await actions.resume_contract(
        code=door.code,
        ground=Ground(reason=sent.reason, explanation=sent.explanation, evidence=sent.evidence),
        until_on=sent.until_on,
        stages=[StageChange(number=row.number, due_on=row.due_on) for row in sent.milestones],
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@act(
    Act.TERMINATE_CONTRACT,
    "/contracts/{code:str}/terminate-contract",
    form=forms.TerminateContract,
    returns=queries.AmendmentCard,
    fill=_fill_proposal,
    template="contracts/propose.html",
    example={"reason": "agreement", "explanation": "服务对象整体搬迁，双方协商一致提前终止。"},
)
async def terminate_contract(door: Door[forms.TerminateContract]) -> queries.AmendmentCard:
    """Propose that the contract ends early."""
    sent = door.form
    return await actions.terminate_contract(
        code=door.code,
        ground=Ground(reason=sent.reason, explanation=sent.explanation, evidence=sent.evidence),
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@read(
    "/amendments/{code:str}",
    name="amendment_for",
    template="contracts/amendment.html",
    returns=queries.AmendmentCard,
)
async def amendment(door: Door[None]) -> Shown:
    """Show a change of a contract: why, what reads otherwise, who signed."""
    card = await queries.amendment_for(code=door.code, user=door.user)
    return Shown(card, _words(card))


@read("/amendments/{code:str}/paper", name="amendment_paper", media="application/pdf")
async def amendment_paper(door: Door[None]) -> Response[bytes]:
    """Print a change of a contract as PDF."""
    card = await queries.amendment_for(code=door.code, user=door.user)
    pdf = await asyncio.to_thread(
        documents.amendment_paper,
        card,
        kind=forms.KIND_WORDS[card.kind],
        reason=forms.REASON_WORDS[card.reason],
        address=public_address(card.url),
        lang=door.lang,
    )
    return file(pdf, name=f"{card.code}.pdf", media_type="application/pdf")


def _words(card: queries.AmendmentCard) -> dict[str, Any]:
    return {"reason": forms.REASON_WORDS[card.reason], "kind_words": forms.KIND_WORDS[card.kind], "buyer": Side.BUYER}


async def _fill_signing(door: Door[None]) -> Filled:
    card = await queries.amendment_for(code=door.code, user=door.user)
    return Filled(record=card, values={"fingerprint": card.fingerprint}, context=_words(card))


@act(
    Act.SIGN_AMENDMENT,
    "/amendments/{code:str}/sign-amendment",
    form=forms.SignAmendment,
    returns=queries.AmendmentCard,
    fill=_fill_signing,
    template="contracts/answer_amendment.html",
    example=lambda card: {"fingerprint": card.fingerprint},
)
async def sign_amendment(door: Door[forms.SignAmendment]) -> queries.AmendmentCard:
    """Sign a change for one's side; the last signature puts it in effect."""
    return await actions.sign_amendment(
        code=door.code, fingerprint=door.form.fingerprint or "", expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.DECLINE_AMENDMENT,
    "/amendments/{code:str}/decline-amendment",
    form=forms.DeclineAmendment,
    returns=queries.AmendmentCard,
    fill=_fill_signing,
    template="contracts/answer_amendment.html",
    example={"reasons": "里程碑顺延影响年度结算，请另行协商。"},
)
async def decline_amendment(door: Door[forms.DeclineAmendment]) -> queries.AmendmentCard:
    """Decline the other side's change, or withdraw one's own."""
    return await actions.decline_amendment(
        code=door.code, reasons=door.form.reasons, expected=door.expected, by=door.user, now=door.now
    )
