"""From award to a text that may be signed: drafted by the purchaser, reviewed by a lawyer."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from contracts.actions.locking import lock_contract
from contracts.queries import ContractCard, contract_for
from contracts.queries.awards import award_behind, hands_behind
from contracts.rules import terms as rules
from contracts.rules.terms import Award, MilestoneTerm, Terms
from contracts.states import CONTRACT, Act, Review, State
from contracts.tables import Contract, Milestone
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.law.queries import law_on
from market.needs.actions.official import note_official_contract
from market.people.states import User
from market.tendering.actions import hold_award, note_draft
from market.tendering.queries import AwardFacts


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What the purchaser writes; parties, amount and milestones come from the award."""

    content: str
    quantity: str
    quality: str
    settlement: str
    duties: str
    breach: str
    late_payment: str
    acceptance: str
    from_on: date
    until_on: date
    multi_year_basis: str = ""
    late_rate: Decimal | None = None


async def award_of(*, tender: str = "", need: str = "", by: User) -> AwardFacts:
    """Return the award of the purchaser's own street, by its tender or its need. Raises NotFound for every other."""
    award = await award_behind(tender=tender, need=need)
    if award.street != by.organization:
        raise NotFound
    return award


async def draft_contract(*, tender: str, wording: Wording, by: User, now: datetime) -> ContractCard:
    """Draft the contract of an award; one lives per award at a time.

    Refused when the tender is not awarded, a draft of it lives, or the text breaks C-1, C-2, C-3, C-15 or C-17.
    """
    async with transaction():
        await hold_award(tender=tender)
        award = await award_of(tender=tender, by=by)
        code, detail = await _draft(act=Act.DRAFT_CONTRACT, award=award, wording=wording, by=by, now=now)
        await record(room="contracts", act=Act.DRAFT_CONTRACT, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)


async def draft_contract_from_result(*, need: str, wording: Wording, by: User, now: datetime) -> ContractCard:
    """Draft the contract of a need that was bought outside, from the result that was taken back.

    Refused when the need has no such result, a draft of it lives, or the text breaks C-1, C-2, C-3, C-15 or C-17.
    """
    async with transaction():
        await one("SELECT pg_advisory_xact_lock(hashtext('contract of ' || $1))", need)
        award = await award_of(need=need, by=by)
        code, detail = await _draft(act=Act.DRAFT_CONTRACT_FROM_RESULT, award=award, wording=wording, by=by, now=now)
        await record(room="contracts", act=Act.DRAFT_CONTRACT_FROM_RESULT, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)


async def _draft(
    *, act: Act, award: AwardFacts, wording: Wording, by: User, now: datetime
) -> tuple[str, dict[str, Any]]:
    """Make the draft of an award and return its code and what the ledger keeps of it."""
    refuse_if(objections_to_state(CONTRACT, act, award.state))
    law = await law_on(day=local_date(now), street=award.street)
    text = _terms(award, wording)
    found = rules.objections_to_terms(terms=text, award=_plain(award), law=law)
    living = await one("SELECT code FROM contract WHERE live_tender = $1", award.tender or award.need)
    if living:
        found.insert(0, Objection("", say("Contract {code} is made from this award already.", code=living["code"])))
    refuse_if(found)
    code = await code_for("C", now)
    await _insert(code=code, award=award, terms=text, by=by, now=now)
    await _note_draft(tender=award.tender, need=award.need, contract=code)
    return code, {
        "tender": award.tender,
        "need": award.need,
        "amount": text.amount,
        "fingerprint": fingerprint_of(award, text),
    }


async def _note_draft(*, tender: str, need: str, contract: str | None) -> None:
    """Tell the award, here or outside, which contract is being made of it, or that none is any more."""
    if tender:
        await note_draft(tender=tender, contract=contract)
    else:
        await note_official_contract(need=need, contract=contract)


def _plain(award: AwardFacts) -> Award:
    milestones = [MilestoneTerm(number=m.number, title=m.title, due_on=m.due_on, share=m.share) for m in award.terms]
    return Award(
        supplier=award.supplier,
        amount=award.amount,
        from_on=award.service_from,
        until_on=award.service_until,
        milestones=milestones,
    )


def _terms(award: AwardFacts, wording: Wording) -> Terms:
    """Return the award's own terms in the purchaser's words; a later beginning moves no milestone."""
    plain = _plain(award)
    return Terms(
        supplier=plain.supplier, amount=plain.amount, milestones=plain.milestones, **msgspec.structs.asdict(wording)
    )


def fingerprint_of(award: AwardFacts, terms: Terms) -> str:
    """Return the SHA-256 of what both sides sign: the parties, the award and every word of the terms."""
    content = msgspec.json.encode(
        [award.tender or award.need, award.street, award.street_name, award.supplier_name, terms]
    )
    return hashlib.sha256(content).hexdigest()


async def _insert(*, code: str, award: AwardFacts, terms: Terms, by: User, now: datetime) -> None:
    words = {name: value for name, value in msgspec.structs.asdict(terms).items() if name != "milestones"}
    [made] = await Contract.insert(
        Contract(
            code=code,
            tender=award.tender,
            live_tender=award.tender or award.need,
            need=award.need,
            item=award.item,
            title=award.title,
            street=award.street,
            street_name=award.street_name,
            supplier_name=award.supplier_name,
            award_sent_on=award.awarded_on,
            sign_by=award.sign_by,
            fingerprint=fingerprint_of(award, terms),
            state=State.DRAFTED,
            drafted_by=by.account,
            drafted_at=now,
            **words,
        )
    )
    amounts = rules.amounts_of(amount=terms.amount, milestones=terms.milestones)
    await Milestone.insert(
        *(
            Milestone(contract=made["id"], amount=amount, **msgspec.structs.asdict(milestone))
            for milestone, amount in zip(terms.milestones, amounts, strict=True)
        )
    )


async def review_contract(
    *, code: str, conclusion: Review, reasons: str, expected: int | None, by: User, now: datetime
) -> ContractCard:
    """Pass a drafted contract, or send it back with reasons so that another is drafted from the award."""
    async with transaction():
        row = await lock_contract(code=code, by=by, side="street", expected=expected, with_award=True)
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.REVIEW_CONTRACT, row["state"]),
                *rules.objections_to_buyers_review(
                    reviewer=by.account, buyers=await hands_behind(tender=row["tender"], need=row["need"])
                ),
                *rules.objections_to_review(
                    reviewer=by.account, drafter=row["drafted_by"], conclusion=conclusion, reasons=reasons
                ),
            ]
        )
        passed = conclusion is Review.PASS
        await rows(
            "UPDATE contract SET state = $2, live_tender = $3, reviewed_by = $4, reviewed_at = $5, review_reasons = $6,"
            " revision = revision + 1 WHERE id = $1",
            row["id"],
            str(State.REVIEWED if passed else State.RETURNED),
            (row["tender"] or row["need"]) if passed else None,
            by.account,
            now,
            reasons,
        )
        if not passed:
            await _note_draft(tender=row["tender"], need=row["need"], contract=None)
        await record(
            room="contracts", act=Act.REVIEW_CONTRACT, code=code, by=by, now=now, detail={"conclusion": conclusion}
        )
        return await contract_for(code=code, user=by)
