"""The doors from award to signature."""

from contracts import actions, forms, queries
from contracts.actions import Pen, Wording
from contracts.queries.drafting import beside_award, offered_clauses, requirement_of
from contracts.rules.signing import objections_to_scan
from contracts.states import Act, Method
from market.base.calendar import local_date
from market.base.forms import bytes_of
from market.base.signing.identities import Issuer
from market.base.web import Door, Filled, act
from market.base.wording import words
from market.people.attachments import own_attachments
from market.tendering.queries import AwardFacts


async def _fill_draft(door: Door[None]) -> Filled:
    return await _begun(await actions.award_of(tender=door.code, by=door.user), door)


async def _begun(award: AwardFacts, door: Door[None]) -> Filled:
    """Return the draft that the template, the award and the requirement make together."""
    requirement = await requirement_of(need=award.need)
    clauses = await offered_clauses(award=award, on=local_date(door.now))
    values = {**clauses, "from_on": award.service_from, "until_on": award.service_until}
    return Filled(values=values, context={"award": award, "requirement": requirement})


@act(
    Act.DRAFT_CONTRACT,
    "/tenders/{code:str}/draft-contract",
    form=forms.DraftContract,
    returns=queries.ContractCard,
    fill=_fill_draft,
    template="contracts/draft.html",
    example={"content": "按采购公告为社区老年人提供助餐、助洁和日间照料服务。", **forms.STANDARD_CLAUSES},
)
async def draft_contract(door: Door[forms.DraftContract]) -> queries.ContractCard:
    """Draft the contract of an award."""
    award = await actions.award_of(tender=door.code, by=door.user)
    wording = _wording(door.form, award)
    return await actions.draft_contract(tender=door.code, wording=wording, by=door.user, now=door.now)


def _wording(sent: forms.DraftContract, award: AwardFacts) -> Wording:
    """Return what the purchaser wrote; days left empty are those that were announced."""
    return Wording(
        content=sent.content,
        quantity=sent.quantity,
        quality=sent.quality,
        settlement=sent.settlement,
        duties=sent.duties,
        breach=sent.breach,
        late_payment=sent.late_payment,
        acceptance=sent.acceptance,
        from_on=sent.from_on or award.service_from,
        until_on=sent.until_on or award.service_until,
        multi_year_basis=sent.multi_year_basis or "",
        late_rate=sent.late_rate / 100 if sent.late_rate is not None else None,
    )


async def _fill_from_result(door: Door[None]) -> Filled:
    return await _begun(await actions.award_of(need=door.code, by=door.user), door)


@act(
    Act.DRAFT_CONTRACT_FROM_RESULT,
    "/needs/{code:str}/draft-contract-from-result",
    form=forms.DraftContract,
    returns=queries.ContractCard,
    fill=_fill_from_result,
    template="contracts/draft.html",
    example={"content": "按采购公告为社区居民提供约定的服务。", **forms.STANDARD_CLAUSES},
)
async def draft_contract_from_result(door: Door[forms.DraftContract]) -> queries.ContractCard:
    """Draft the contract of a need that was bought outside, from its result."""
    award = await actions.award_of(need=door.code, by=door.user)
    return await actions.draft_contract_from_result(
        need=door.code, wording=_wording(door.form, award), by=door.user, now=door.now
    )


async def _fill_contract(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    return Filled(record=card, context={"compared": await beside_award(card=card)})


@act(
    Act.REVIEW_CONTRACT,
    "/contracts/{code:str}/review-contract",
    form=forms.ReviewContract,
    returns=queries.ContractCard,
    fill=_fill_contract,
    template="contracts/review.html",
    example={"conclusion": "pass", "reasons": "条款完整，权利义务对等。"},
)
async def review_contract(door: Door[forms.ReviewContract]) -> queries.ContractCard:
    """Pass a drafted contract, or send it back."""
    return await actions.review_contract(
        code=door.code,
        conclusion=door.form.conclusion,
        reasons=door.form.reasons or "",
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_signing(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    beside = await beside_award(card=card)
    files = [
        (f.code, f.name) for f in await own_attachments(by=door.user) if not objections_to_scan(media_type=f.media_type)
    ]
    demo = Issuer.authority is not None
    methods = [(str(m), words(s, door.lang)) for m, s in forms.METHOD_WORDS.items() if demo or m is not Method.DEMO]
    return Filled(
        record=card,
        values={"fingerprint": card.fingerprint, "method": Method.DEMO if demo else ""},
        choices={"files": files, "method": methods},
        context={"compared": beside},
    )


@act(
    Act.SIGN_CONTRACT,
    "/contracts/{code:str}/sign-contract",
    form=forms.SignContract,
    returns=queries.ContractCard,
    fill=_fill_signing,
    template="contracts/review.html",
    example=lambda card: {"fingerprint": card.fingerprint},
)
async def sign_contract(door: Door[forms.SignContract]) -> queries.ContractCard:
    """Sign a reviewed contract for one's side; the second signature puts it in force."""
    return await actions.sign_contract(
        code=door.code,
        fingerprint=door.form.fingerprint or "",
        late_reason=door.form.late_reason or "",
        pen=_pen(door.form),
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


def _pen(sent: forms.SignContract) -> Pen:
    return Pen(
        method=sent.method,
        certificate=bytes_of(sent.certificate, field="certificate") if sent.certificate else b"",
        passphrase=sent.passphrase or "",
        scans=sent.scan,
        attested=sent.attested,
    )
