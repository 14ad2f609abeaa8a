"""From award to a contract in force: drafted by the purchaser, reviewed by a lawyer, signed by both sides."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs.queries import standing_of
from contracts.actions.locking import lock_contract
from contracts.queries import ContractCard, contract_for
from contracts.queries.awards import award_behind, hands_behind
from contracts.queries.parties import side_of
from contracts.rules import terms as rules
from contracts.rules.terms import Award, MilestoneTerm, Terms
from contracts.states import CONTRACT, Act, Review, Side, State
from contracts.tables import Contract, Milestone, Signature
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.law.queries import law_on
from market.needs.actions import commit_money
from market.needs.actions.official import note_official_contract
from market.people.states import User
from market.tendering.actions import hold_award, mark_contracted, note_draft
from market.tendering.queries import AwardFacts, suspensions_of
from market.tendering.rules.disputes import objections_to_suspended

_PUBLISHED = (
    *("code", "tender", "need", "item", "title", "street", "street_name", "supplier", "supplier_name", "amount"),
    *("from_on", "until_on", "content", "quantity", "quality", "settlement", "acceptance", "signed_at", "publish_by"),
    "fingerprint",
)


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


async def sign_contract(
    *, code: str, fingerprint: str, late_reason: str, expected: int | None, by: User, now: datetime
) -> ContractCard:
    """Sign for one's side. The second signature puts the contract in force, publishes it and commits the money.

    Refused when the side or the person has signed, under another text, after L-11 without a reason for the delay, with
    a supplier that may not supply today (P-11, P-15), and while a challenge suspends signing (Q-5). The first signature
    is not public.
    """
    async with transaction():
        row = await lock_contract(code=code, by=by, expected=expected, with_award=True)
        side = side_of(row, by)
        if side is None:
            raise NotFound
        refuse_if(objections_to_state(CONTRACT, Act.SIGN_CONTRACT, row["state"]))
        signed = await rows("SELECT side, account FROM contract_signature WHERE contract = $1", row["id"])
        standing = await standing_of(organization=row["supplier"], on=local_date(now))
        refuse_if(
            [
                *rules.objections_to_signing(
                    side=side,
                    signed=[Side(s["side"]) for s in signed],
                    fingerprint=fingerprint,
                    expected=row["fingerprint"],
                    today=local_date(now),
                    last_day=row["sign_by"],
                    late_reason=late_reason,
                ),
                *rules.objections_to_both_sides(
                    by=by.account, signed_by=[s["account"] for s in signed if s["side"] != side]
                ),
                *(Objection("", o.message, o.law) for o in standing.objections),
                *objections_to_suspended(await suspensions_of(tender=row["tender"], now=now)),
            ]
        )
        await Signature.insert(
            Signature(
                contract=row["id"],
                side=side,
                account=by.account,
                name=by.name,
                organization=by.organization,
                fingerprint=row["fingerprint"],
                late_reason=late_reason,
                signed_at=now,
            )
        )
        public: Mapping[str, Any] | None = None
        if signed:
            public = await _put_in_force(row, by=by, now=now)
        else:
            await rows("UPDATE contract SET revision = revision + 1 WHERE id = $1", row["id"])
        detail = {"side": side, "fingerprint": row["fingerprint"], "late_reason": late_reason}
        await record(room="contracts", act=Act.SIGN_CONTRACT, code=code, by=by, now=now, public=public, detail=detail)
        return await contract_for(code=code, user=by)


async def _put_in_force(row: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
    """Set the contract in force, tell tender and need, and return what is published of it."""
    law = await law_on(day=local_date(now), street=row["street"])
    publish_by = rules.publish_by(signed_on=local_date(now), law=law)
    await rows(
        "UPDATE contract SET state = $2, signed_at = $3, publish_by = $4, revision = revision + 1 WHERE id = $1",
        row["id"],
        str(State.IN_FORCE),
        now,
        publish_by,
    )
    if row["tender"]:
        await mark_contracted(tender=row["tender"], contract=row["code"], now=now, by=by)
    await commit_money(code=row["need"], amount=row["amount"], contract=row["code"], now=now, by=by)
    return await snapshot(row["id"])


async def snapshot(contract: int) -> dict[str, Any]:
    """Return the published facts of a contract in force, in the room's words."""
    row = await one("SELECT * FROM contract WHERE id = $1", contract)
    assert row is not None  # noqa: S101  refused above, or never deleted
    milestones = await rows(
        "SELECT number, title, due_on, share, amount, standard FROM contract_milestone WHERE contract = $1"
        " ORDER BY number",
        contract,
    )
    return {"in_force": True, **{name: row[name] for name in _PUBLISHED}, "milestones": milestones}
