"""The street's acts before the opening: drafting, publishing, answering, cancelling."""

from datetime import datetime

import msgspec

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, Refused, refuse_if, same_revision, say
from market.law.queries import law_on
from market.law.states import Law
from market.needs.actions import release, take_up
from market.needs.queries import NeedFacts, need_facts
from market.needs.rules.methods import MethodFacts, channel_under, objections_to_staying
from market.needs.states import Channel
from market.needs.states import Method as NeedMethod
from market.people.states import Role, User
from market.tendering.actions.draws import commit_seed
from market.tendering.actions.keyholders import deal_key
from market.tendering.actions.locking import lock_for_answer, lock_for_street, set_state
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.bidding import objections_to_lateness
from market.tendering.rules.finding import notice_terms
from market.tendering.rules.notice import (
    objections_to_cancelling,
    objections_to_publisher,
    objections_to_terms,
    questions_until,
)
from market.tendering.rules.terms import Terms, WantedTerms
from market.tendering.states import LIFECYCLE, Act, State
from market.tendering.tables import Tender


def _terms(wanted: WantedTerms, need: NeedFacts) -> Terms:
    """Return the terms a purchaser wants; what is left open is the need's."""
    return Terms(
        title=wanted.title or need.title,
        requirement=wanted.requirement or "\n".join(part for part in (need.description, need.standard) if part),
        qualification=wanted.qualification,
        budget=wanted.budget if wanted.budget is not None else need.budget,
        closes_at=wanted.closes_at,
        opens_at=wanted.opens_at or wanted.closes_at,
        service_from=wanted.service_from,
        service_until=wanted.service_until,
        panel_size=wanted.panel_size,
        price_points=wanted.price_points,
        criteria=wanted.criteria,
        milestones=wanted.milestones,
    )


async def draft_tender(*, need: str, wanted: WantedTerms, by: User, now: datetime) -> TenderCard:
    """Draft a tender from an approved need of one's own street, which is taken up by it.

    Refused by the need's state and by every term that no notice may carry; the law is today's, and judged again on
    the day of publication.
    """
    async with transaction():
        facts = await need_facts(code=need)
        if facts.street != by.organization:
            raise NotFound
        terms = _terms(wanted, facts)
        law = await law_on(day=local_date(now), street=facts.street)
        objections = objections_to_state(LIFECYCLE, Act.DRAFT_TENDER, facts.state)
        objections += _objections_to_channel(facts, law)
        objections += objections_to_terms(
            terms=terms, budget=facts.budget, term_months=facts.term_months, now=now, law=law
        )
        refuse_if(objections)
        code = await code_for("T", now)
        await take_up(code=need, tender=code, now=now, by=by)
        await Tender.insert(_draft(code=code, need=facts, terms=terms, by=by, now=now))
        await record(room="tendering", act=Act.DRAFT_TENDER, code=code, by=by, now=now, detail={"need": need})
        return await tender_for(code=code, user=by, now=now)


def _objections_to_channel(need: NeedFacts, law: Law) -> list[Objection]:
    """Object to what the law of the day or the chosen method sends to the city's platform (H-4)."""
    method = NeedMethod(need.method) if need.method else None
    facts = MethodFacts(budget=need.budget, central=need.central)
    official = (
        need.channel is Channel.OFFICIAL or channel_under(method=method, facts=facts, law=law) is Channel.OFFICIAL
    )
    channel = Channel.OFFICIAL if official else Channel.HERE
    return objections_to_staying(channel=channel, method=method or NeedMethod.CONSULTATION)


def _draft(*, code: str, need: NeedFacts, terms: Terms, by: User, now: datetime) -> Tender:
    columns = {name: getattr(terms, name) for name in terms.__struct_fields__}
    columns["criteria"] = msgspec.json.encode(terms.criteria).decode()
    columns["milestones"] = msgspec.json.encode(terms.milestones).decode()
    return Tender(
        **columns,
        code=code,
        need=need.code,
        street=need.street,
        item=need.item,
        search_terms=notice_terms(
            code=code,
            title=terms.title,
            street_name=need.street_name,
            requirement=terms.requirement,
            qualification=terms.qualification,
        ),
        state=State.DRAFT,
        drafted_by=by.account,
        drafted_at=now,
    )


def terms_of(row: Row) -> Terms:
    """Return the terms kept in a tender's row."""
    return msgspec.convert({name: row[name] for name in Terms.__struct_fields__}, Terms)


async def publish_tender(
    *,
    code: str,
    closes_at: datetime | None,
    opens_at: datetime | None,
    expected: int | None,
    by: User,
    now: datetime,
) -> TenderCard:
    """Publish a draft as its notice; bids are taken from now on, under a key dealt out among three keyholders.

    The panel's chance is fixed with it: the digest of its seed is published, the seed sealed until the award. The
    notice's snapshot goes into the ledger.

    Refused when the drafter wants to, and by every term that no notice may carry under the law of this day, such as a
    closing before L-1, L-2 and L-3 have run out.
    """
    async with transaction():
        row = await lock_for_street(code=code, act=Act.PUBLISH_TENDER, by=by)
        same_revision(expected, row["revision"])
        law = await law_of_tender(row=row, now=now)
        need = await need_facts(code=row["need"])
        closing = closes_at or row["closes_at"]
        opening = opens_at or (closing if closes_at else row["opens_at"])
        terms = msgspec.structs.replace(terms_of(row), closes_at=closing, opens_at=opening)
        refuse_if(
            [
                *objections_to_publisher(drafted_by=row["drafted_by"], publisher=by.account),
                *objections_to_terms(terms=terms, budget=need.budget, term_months=need.term_months, now=now, law=law),
            ]
        )
        await deal_key(row=row, law=law, now=now)
        chance = await commit_seed(tender=row["id"], code=code, now=now)
        asked_until = questions_until(closes_at=closing, law=law)
        await set_state(
            row=row,
            state=State.OPEN,
            published_at=now,
            published_by=by.account,
            closes_at=closing,
            opens_at=opening,
            questions_until=asked_until,
        )
        public = {**msgspec.to_builtins(terms), **_identity(row), "published_at": now, "questions_until": asked_until}
        public["draw_commitment"] = chance
        await record(room="tendering", act=Act.PUBLISH_TENDER, code=code, by=by, now=now, public=public)
        return await tender_for(code=code, user=by, now=now)


def _identity(row: Row) -> dict[str, str]:
    names = ("need", "street", "street_name", "item")
    return {"tender": row["code"], "method": "competitive-consultation", **{name: row[name] for name in names}}


async def answer_question(*, code: str, question: int, answer: str, by: User, now: datetime) -> TenderCard:
    """Answer a question for everybody to read, before the closing; the asker is not named."""
    async with transaction():
        row = await lock_for_answer(code=code, act=Act.ANSWER_QUESTION, by=by)
        refuse_if(objections_to_lateness(now=now, closes_at=row["closes_at"]))
        asked = await one(
            "UPDATE question SET answer = $3, answered_by = $4, answered_at = $5"
            " WHERE tender = $1 AND number = $2 AND answer IS NULL RETURNING text",
            row["id"],
            question,
            answer,
            by.account,
            now,
        )
        if asked is None:
            raise Refused(
                [Objection("question", say("There is no open question with this number."), "L-4.consultation")]
            )
        public = {"tender": code, "question": question, "text": asked["text"], "answer": answer}
        await record(room="tendering", act=Act.ANSWER_QUESTION, code=code, by=by, now=now, public=public)
        return await tender_for(code=code, user=by, now=now)


async def cancel_tender(*, code: str, reason: str, expected: int | None, by: User, now: datetime) -> TenderCard:
    """End a tender with a reason and free its need; sealed bids stay sealed. The reason is published with it."""
    async with transaction():
        row = await lock_for_street(code=code, act=Act.CANCEL_TENDER, by=by)
        same_revision(expected, row["revision"])
        published = row["published_at"] is not None
        refuse_if(
            objections_to_cancelling(
                published=published,
                is_approver=by.may_be(Role.APPROVER),
                now=now,
                confirm_until=row["confirm_until"],
            )
        )
        await set_state(row=row, state=State.CANCELLED, ended_at=now, reason=reason)
        await release(code=row["need"], now=now, by=by)
        snapshot = {**_identity(row), "title": row["title"], "state": State.CANCELLED, "reason": reason}
        public = snapshot if published else None
        await record(room="tendering", act=Act.CANCEL_TENDER, code=code, by=by, now=now, public=public)
        return await tender_for(code=code, user=by, now=now)
