"""The doors of oversight: findings, flags and the ledger."""

from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.oversight import actions, forms, queries
from market.oversight.states import Act
from market.people.queries import organizations_of_kind


@listing(
    "/findings", name="findings_page", template="oversight/findings.html", returns=queries.FindingCard, signed_in=True
)
async def findings(door: Door[None]) -> Listing[queries.FindingCard]:
    """List the findings one may see, newest first."""
    return await queries.findings_page(user=door.user, after=door.after)


@read(
    "/findings/{code:str}",
    name="finding_for",
    template="oversight/finding.html",
    returns=queries.FindingCard,
    signed_in=True,
)
async def finding(door: Door[None]) -> queries.FindingCard:
    """Show a finding with its answer and conclusion."""
    return await queries.finding_for(code=door.code, user=door.user)


async def _fill_open(door: Door[None]) -> Filled:
    return Filled(
        choices={"streets": await organizations_of_kind(kind="street")}, values={"subject": door.query("subject") or ""}
    )


@act(
    Act.OPEN_FINDING,
    "/findings/open-finding",
    form=forms.OpenFinding,
    returns=queries.FindingCard,
    fill=_fill_open,
    example={
        "subject": "N-2026-0001",
        "street": "11000000002468133W",
        "title": "市场调研记录不全",
        "text": "需求调查只附了两家市场主体的记录，请补充第三家或说明理由。",
    },
)
async def open_finding(door: Door[forms.OpenFinding]) -> queries.FindingCard:
    """Open a finding about a record."""
    sent = door.form
    return await actions.open_finding(
        subject=sent.subject, street=sent.street, title=sent.title, text=sent.text, by=door.user, now=door.now
    )


async def _fill_finding(door: Door[None]) -> Filled:
    return Filled(record=await queries.finding_for(code=door.code, user=door.user))


@act(
    Act.ANSWER_FINDING,
    "/findings/{code:str}/answer-finding",
    form=forms.AnswerFinding,
    returns=queries.FindingCard,
    fill=_fill_finding,
    example={"answer": "第三家市场主体的调研记录已补入档案。"},
)
async def answer_finding(door: Door[forms.AnswerFinding]) -> queries.FindingCard:
    """Answer a finding for the street concerned."""
    return await actions.answer_finding(
        code=door.code, answer=door.form.answer, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.CLOSE_FINDING,
    "/findings/{code:str}/close-finding",
    form=forms.CloseFinding,
    returns=queries.FindingCard,
    fill=_fill_finding,
    example={"conclusion": "已整改，记录齐全。"},
)
async def close_finding(door: Door[forms.CloseFinding]) -> queries.FindingCard:
    """Close an answered finding."""
    return await actions.close_finding(
        code=door.code, conclusion=door.form.conclusion, expected=door.expected, by=door.user, now=door.now
    )


@listing("/flags", name="flags_page", template="oversight/flags.html", returns=queries.FlagCard, signed_in=True)
async def flags(door: Door[None]) -> Listing[queries.FlagCard]:
    """List the flags, newest first, for auditors."""
    return await queries.flags_page(user=door.user, after=door.after)


@read("/flags/{code:str}", name="flag_for", template="oversight/flag.html", returns=queries.FlagCard, signed_in=True)
async def flag(door: Door[None]) -> queries.FlagCard:
    """Show a flag with the records beside it."""
    return await queries.flag_for(code=door.code, user=door.user)


async def _fill_flag(door: Door[None]) -> Filled:
    return Filled(record=await queries.flag_for(code=door.code, user=door.user))


@act(
    Act.CLEAR_FLAG,
    "/flags/{code:str}/clear-flag",
    form=forms.ClearFlag,
    returns=queries.FlagCard,
    fill=_fill_flag,
    example={"reason": "核对了两项需求的片区、对象和居民意见，确非同一采购。"},
)
async def clear_flag(door: Door[forms.ClearFlag]) -> queries.FlagCard:
    """Clear a flag with the reason."""
    return await actions.clear_flag(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )


@listing("/ledger", name="events_page", template="oversight/ledger.html", returns=queries.EventLine)
async def ledger(door: Door[None]) -> Shown:
    """List the ledger's events, of one record with `?record=CODE`."""
    code = (door.query("record") or "").strip() or None
    return Shown(await queries.events_page(user=door.user, code=code, after=door.after), {"code": code})


ROUTES: list[Route] = [findings, finding, open_finding, answer_finding, close_finding, flags, flag, clear_flag, ledger]
