"""The bidders' acts before the opening: documents, questions, drafts, bids, withdrawal.

The moment is read under the tender's lock, when the last byte has long arrived: a second late is late, whether or not
any job has run. Nothing an act writes before the opening tells a price, a plan, or to others who bids.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from catalogs.queries import standing_of
from market.base import clock
from market.base.calendar import local_date
from market.base.codes import next_number, random_code
from market.base.database import Row, one, transaction
from market.base.ledger import record
from market.base.refusal import Objection, refuse_if
from market.people.attachments import keep_wrapped, objections_to_attachments, wrapped_keys
from market.people.states import User
from market.tendering.actions.locking import lock_for_bidder
from market.tendering.queries import BidReceipt, TenderCard, tender_for
from market.tendering.queries.bids import receipt_of
from market.tendering.rules import bidding
from market.tendering.rules.keys import objections_to_keyless
from market.tendering.rules.terms import DraftOffer, Offer
from market.tendering.sealing import TenderKey, hand_over_file, seal_content
from market.tendering.sealing.receipts import Promise, sign
from market.tendering.states import Act, BidState
from market.tendering.tables import Question

_UNTIL_OPENING = "tendering:open-bids"


async def take_documents(*, code: str, by: User, now: datetime) -> TenderCard:
    """Take the documents for one's organization; a second time changes nothing and leaves no second line."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.TAKE_DOCUMENTS, by=by)
        refuse_if(bidding.objections_to_lateness(now=await clock.now(), closes_at=row["closes_at"]))
        taken = await one(
            "INSERT INTO documents_taken (tender, organization, taken_by, taken_at) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (tender, organization) DO NOTHING RETURNING id",
            row["id"],
            by.organization,
            by.account,
            now,
        )
        if taken:
            await _record(Act.TAKE_DOCUMENTS, code=code, by=by, now=now)
        return await tender_for(code=code, user=by, now=now)


async def ask_question(*, code: str, text: str, by: User, now: datetime) -> TenderCard:
    """Ask about the documents, early enough for an answer; nobody but the auditors learns who asked."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.ASK_QUESTION, by=by)
        refuse_if(bidding.objections_to_question(now=await clock.now(), until=row["questions_until"]))
        number = await next_number(f"question-{code}")
        asked = Question(
            tender=row["id"],
            number=number,
            organization=by.organization,
            asked_by=by.account,
            asked_at=now,
            text=text,
        )
        await Question.insert(asked)
        await _record(Act.ASK_QUESTION, code=code, by=by, now=now, detail={"question": number})
        return await tender_for(code=code, user=by, now=now)


async def save_draft_bid(*, code: str, draft: DraftOffer, by: User) -> BidReceipt:
    """Keep as much of a bid as there is, sealed like a bid, for one's own organization alone."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.SAVE_DRAFT_BID, by=by)
        now = await clock.now()
        objections = bidding.objections_to_lateness(now=now, closes_at=row["closes_at"])
        refuse_if(objections + await _objections_to_files(draft.files, tender=code, by=by))
        saved = await _seal_draft(draft, tender=row, by=by, now=now)
        await _record(Act.SAVE_DRAFT_BID, code=code, by=by, now=now, detail={"bid": saved["code"]})
        return receipt_of(bid=saved, tender=code)


async def submit_bid(*, code: str, offer: Offer, by: User) -> BidReceipt:
    """Submit a sealed bid, or replace the one submitted before; returns the signed receipt with its fingerprint.

    Its key and those of its files are wrapped for the keyholders: from here on the server cannot read it either.

    Locks the tender for share. Refused when late, priced above the budget, empty, undeclared, without the documents,
    with files that are not one's own, by somebody of the buyer (P-10), or by an organization that may not supply
    (P-02, P-04, P-06, P-11, P-15).
    The ledger gets the fingerprint of the sealed bytes, never an amount, and shows it when the key is turned.
    """
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.SUBMIT_BID, by=by)
        now = await clock.now()
        refuse_if(await _objections_to_bid(row=row, offer=offer, by=by, now=now))
        kept = msgspec.structs.replace(offer, files=_once_each(offer.files))
        submitted = await _seal_bid(kept, tender=row, by=by, now=now)
        detail = {
            "bid": submitted["code"],
            "fingerprint": submitted["fingerprint"],
            "leaf": submitted["leaf"],
            "files": len(kept.files),
            "submission": submitted["submissions"],
        }
        await _record(Act.SUBMIT_BID, code=code, by=by, now=now, detail=detail)
        return receipt_of(bid=submitted, tender=code)


async def withdraw_bid(*, code: str, by: User) -> BidReceipt:
    """Take a submitted bid back before the closing; its content is gone, another may be submitted."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.WITHDRAW_BID, by=by)
        now = await clock.now()
        bid = await one(
            "SELECT * FROM bid WHERE tender = $1 AND organization = $2 FOR UPDATE", row["id"], by.organization
        )
        submitted = bid is not None and bid["state"] == BidState.SUBMITTED
        refuse_if(bidding.objections_to_withdrawal(now=now, closes_at=row["closes_at"], submitted=submitted))
        withdrawn = await one(
            "UPDATE bid SET state = 'withdrawn', content = NULL, content_key = NULL, fingerprint = NULL,"
            " leaf = NULL, signature = NULL,"
            " submitted_at = NULL, submitted_by = NULL WHERE tender = $1 AND organization = $2 RETURNING *",
            row["id"],
            by.organization,
        )
        assert withdrawn is not None  # noqa: S101  it was locked above
        await _record(Act.WITHDRAW_BID, code=code, by=by, now=now, detail={"bid": withdrawn["code"]})
        return receipt_of(bid=withdrawn, tender=code)


async def _objections_to_bid(*, row: Row, offer: Offer, by: User, now: datetime) -> list[Objection]:
    standing = await standing_of(organization=by.organization or "", on=local_date(now))
    return [
        *objections_to_keyless(has_key=row["public_key"] is not None),
        *bidding.objections_to_bid(
            price=offer.price,
            plan=offer.plan,
            declared=offer.declared,
            took_documents=row["took_documents"],
            budget=row["budget"],
            now=now,
            closes_at=row["closes_at"],
        ),
        *bidding.objections_to_buyers_hand(
            serves_buyer=row["serves_buyer"],
            by=by.account,
            hands=[row["drafted_by"], row["published_by"]],
        ),
        *(Objection("", o.message, o.law) for o in standing.objections),
        *await _objections_to_files(offer.files, tender=row["code"], by=by),
    ]


async def _objections_to_files(files: Sequence[str], *, tender: str, by: User) -> list[Objection]:
    return await objections_to_attachments(codes=files, field="files", by=by, sealed_for=tender) if files else []


def _once_each(files: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(files))


# The row is made, or written over when it is the one the seal and the promise are bound to; both lock it.
_SUBMIT = """
    INSERT INTO bid (code, tender, organization, state, content, content_key, submitted_at, submitted_by, fingerprint,
                     submissions, leaf, signature)
    VALUES ($1, $2, $3, 'submitted', $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (tender, organization) DO UPDATE
    SET state = 'submitted', content = excluded.content, content_key = excluded.content_key,
        submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by,
        fingerprint = excluded.fingerprint, submissions = excluded.submissions,
        leaf = excluded.leaf, signature = excluded.signature,
        draft = NULL, draft_key = NULL, draft_at = NULL
    WHERE bid.code = excluded.code AND bid.submissions = excluded.submissions - 1
    RETURNING code, state, submitted_at, fingerprint, submissions, leaf, signature, draft_at
"""
_SAVE = """
    INSERT INTO bid (code, tender, organization, state, draft, draft_key, draft_at)
    VALUES ($1, $2, $3, 'draft', $4, $5, $6)
    ON CONFLICT (tender, organization) DO UPDATE
    SET draft = excluded.draft, draft_key = excluded.draft_key, draft_at = excluded.draft_at
    WHERE bid.code = excluded.code
    RETURNING code, state, submitted_at, fingerprint, submissions, leaf, signature, draft_at
"""


async def _seal_draft(draft: DraftOffer, *, tender: Row, by: User, now: datetime) -> Row:
    """Seal a draft into the organization's bid, for its own to read again.

    The seal is bound to the bid's code. Who made a code while another request made the bid seals once more.
    """
    own = tender["own_bid"]
    while True:
        code = own or random_code("B")
        sealed = seal_content(draft, tender=tender["code"], subject=f"draft:{code}")
        written = await one(_SAVE, code, tender["id"], by.organization, sealed.content, sealed.key, now)
        if written is not None:
            return written
        own, _ = await _as_it_stands(tender, by)


async def _seal_bid(offer: Offer, *, tender: Row, by: User, now: datetime) -> Row:
    """Seal an offer for the keyholders into the organization's bid and promise it, also when eight ask at once.

    Seal and promise are bound to the bid's code and to the submission's number; who comes second does both once more.
    """
    under = TenderKey(suite=tender["suite"], public=tender["public_key"])
    own, submissions = tender["own_bid"], tender["own_submissions"] or 0
    if offer.files:
        await _hand_over(offer.files, tender=tender["code"], to=under)
    while True:
        code = own or random_code("B")
        sealed = seal_content(offer, tender=tender["code"], subject=f"bid:{code}", under=under)
        promise = Promise(
            tender=tender["code"],
            bid=code,
            submission=submissions + 1,
            fingerprint=sealed.fingerprint,
            submitted_at=now,
        )
        written = await one(
            _SUBMIT,
            code,
            tender["id"],
            by.organization,
            sealed.content,
            sealed.key,
            now,
            by.account,
            sealed.fingerprint,
            submissions + 1,
            *sign(promise),
        )
        if written is not None:
            return written
        own, submissions = await _as_it_stands(tender, by)


async def _hand_over(files: Sequence[str], *, tender: str, to: TenderKey) -> None:
    kept = await wrapped_keys(codes=files, sealed_for=tender)
    await keep_wrapped({code: hand_over_file(key, tender=tender, code=code, to=to) for code, key in kept.items()})


async def _as_it_stands(tender: Row, by: User) -> tuple[str, int]:
    made = await one(
        "SELECT code, submissions FROM bid WHERE tender = $1 AND organization = $2", tender["id"], by.organization
    )
    assert made is not None  # noqa: S101  it stood in the way
    return made["code"], made["submissions"]


async def _record(
    act: Act, *, code: str, by: User, now: datetime, detail: dict[str, str | int | None] | None = None
) -> None:
    """Leave a line that until the opening nobody but its actor sees: it would tell who bids."""
    await record(room="tendering", act=act, code=code, by=by, now=now, detail=detail, revealed_by=_UNTIL_OPENING)
