"""The doors of performance: sessions, deliveries, opinions, acceptance."""

from contracts import actions, forms, queries
from contracts.actions import Findings, Session
from contracts.queries import ContractCard, MilestoneLine
from contracts.states import Act, DeliveryState
from market.base.web import Door, Filled, act
from market.people.sending import own_files


async def _fill_with_files(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    files = await own_files(by=door.user)
    milestones = [(str(m.number), f"{m.number}. {m.title}") for m in card.milestones if not m.accepted_at]
    return Filled(record=card, choices={"files": files, "milestones": milestones})


@act(
    Act.RECORD_SESSION,
    "/contracts/{code:str}/record-session",
    form=forms.RecordSession,
    returns=queries.ContractCard,
    fill=_fill_with_files,
    example=lambda card: {
        "held_on": str(card.from_on),
        "quantity": "40",
        "unit": "人次",
        "place": "梧桐一村活动室",
        "note": "助餐服务，签到齐全。",
    },
)
async def record_session(door: Door[forms.RecordSession]) -> queries.ContractCard:
    """Record a session in the service ledger."""
    sent = door.form
    session = Session(
        held_on=sent.held_on,
        quantity=sent.quantity,
        unit=sent.unit,
        place=sent.place or "",
        note=sent.note or "",
        evidence=sent.evidence,
    )
    return await actions.record_session(code=door.code, session=session, by=door.user, now=door.now)


@act(
    Act.REPORT_DELIVERY,
    "/contracts/{code:str}/report-delivery",
    form=forms.ReportDelivery,
    returns=queries.ContractCard,
    fill=_fill_with_files,
    example=lambda card: {
        "milestone": next(m.number for m in card.milestones if not m.accepted_at),
        "note": "本期服务全部完成，台账和照片附后。",
        "evidence": [f.code for session in card.sessions for f in session.evidence][:1],
    },
)
async def report_delivery(door: Door[forms.ReportDelivery]) -> queries.ContractCard:
    """Report a milestone as delivered."""
    sent = door.form
    return await actions.report_delivery(
        code=door.code, milestone=sent.milestone, note=sent.note, evidence=sent.evidence, by=door.user, now=door.now
    )


async def _fill_pending(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    pending = [(str(m.number), f"{m.number}. {m.title}") for m in card.milestones if _waits(m)]
    values = {"milestone": pending[0][0]} if len(pending) == 1 else {}
    return Filled(record=card, values=values, choices={"milestones": pending})


def _waits(milestone: MilestoneLine) -> bool:
    return any(delivery.state == DeliveryState.REPORTED for delivery in milestone.deliveries)


def _first_waiting(card: ContractCard) -> int:
    return next(m.number for m in card.milestones if _waits(m))


@act(
    Act.GIVE_OPINION,
    "/contracts/{code:str}/give-opinion",
    form=forms.GiveOpinion,
    returns=queries.ContractCard,
    fill=_fill_pending,
    template="contracts/judge.html",
    example=lambda card: {
        "milestone": _first_waiting(card),
        "satisfied": True,
        "text": "饭菜热、送得准时，老人们都说好。",
    },
)
async def give_opinion(door: Door[forms.GiveOpinion]) -> queries.ContractCard:
    """Give the residents' opinion on a reported delivery."""
    sent = door.form
    return await actions.give_opinion(
        code=door.code,
        milestone=sent.milestone,
        satisfied=sent.satisfied,
        text=sent.text or "",
        by=door.user,
        now=door.now,
    )


@act(
    Act.ACCEPT_DELIVERY,
    "/contracts/{code:str}/accept-delivery",
    form=forms.AcceptDelivery,
    returns=queries.ContractCard,
    fill=_fill_pending,
    template="contracts/judge.html",
    example=lambda card: {
        "milestone": _first_waiting(card),
        "technical": "达标",
        "service": "达标：服务人次与台账一致",
        "safety": "达标",
        "conclusion": "合格",
    },
)
async def accept_delivery(door: Door[forms.AcceptDelivery]) -> queries.ContractCard:
    """Accept a reported delivery and publish the result."""
    sent = door.form
    findings = Findings(technical=sent.technical, service=sent.service, safety=sent.safety, conclusion=sent.conclusion)
    return await actions.accept_delivery(
        code=door.code, milestone=sent.milestone, findings=findings, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.RETURN_DELIVERY,
    "/contracts/{code:str}/return-delivery",
    form=forms.ReturnDelivery,
    returns=queries.ContractCard,
    fill=_fill_pending,
    template="contracts/judge.html",
    example=lambda card: {
        "milestone": _first_waiting(card),
        "reasons": "台账缺三月上旬记录，请补齐。",
        "repair_by": str(card.until_on),
    },
)
async def return_delivery(door: Door[forms.ReturnDelivery]) -> queries.ContractCard:
    """Send a reported delivery back for repair."""
    sent = door.form
    return await actions.return_delivery(
        code=door.code,
        milestone=sent.milestone,
        reasons=sent.reasons,
        repair_by=sent.repair_by,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )
