"""What waits for whom in tendering, and when time must act next."""

from datetime import datetime

from market.base.calendar import last_day
from market.base.database import Row, one, rows
from market.base.lifecycle import HOUSE
from market.base.records import Waiting, acts_for
from market.people.states import Role, User
from market.tendering.queries.disputes import disputes_waiting
from market.tendering.queries.outlook import award_clocks
from market.tendering.states import KEYHOLDERS, State

_MOST = 100

# Each reads code, title, the act's word and the moment by which it should be done.
_STREET = """
    SELECT t.code, t.title, 'draw-panel' AS act, NULL::timestamptz AS by_when FROM tender t WHERE t.street = $1
        AND (t.state = 'opened' OR (t.state = 'evaluating' AND t.panel_size >
             (SELECT count(*) FROM seat s WHERE s.tender = t.id AND s.recused_at IS NULL)))
"""
_KEYHOLDER = """
    SELECT t.code, t.title, 'turn-key' AS act, t.opens_at AS by_when FROM key_share s JOIN tender t ON t.id = s.tender
        WHERE s.account = $1 AND s.organization = $2 AND s.turned_at IS NULL AND t.state = 'open' AND t.opens_at <= $3
"""
_PURCHASER = """
    SELECT DISTINCT t.code, t.title, 'answer-question' AS act, t.closes_at AS by_when
        FROM tender t JOIN question q ON q.tender = t.id
        WHERE t.street = $1 AND t.state = 'open' AND t.closes_at > $2 AND q.answer IS NULL
"""
_APPROVER = """
    SELECT t.code, t.title, 'publish-tender' AS act, NULL::timestamptz AS by_when FROM tender t
        WHERE t.street = $1 AND t.state = 'draft' AND t.drafted_by <> $3
    UNION ALL SELECT t.code, t.title, 'confirm-award', t.confirm_until FROM tender t
        WHERE t.street = $1 AND t.state = 'evaluated' AND t.confirm_until > $2 AND t.drafted_by <> $3
"""
_BIDDER = """
    SELECT t.code, t.title, 'submit-bid' AS act, t.closes_at AS by_when
        FROM tender t JOIN documents_taken d ON d.tender = t.id
        LEFT JOIN bid b ON b.tender = t.id AND b.organization = $1
        WHERE d.organization = $1 AND t.state = 'open' AND t.closes_at > $2
        AND (b.id IS NULL OR b.state IN ('draft', 'withdrawn'))
    UNION ALL SELECT t.code, t.title, 'confirm-opening', NULL FROM tender t JOIN bid b ON b.tender = t.id
        WHERE b.organization = $1 AND t.state IN ('opened', 'evaluating') AND b.state IN ('opened', 'valid')
        AND b.confirmed_at IS NULL
    UNION ALL SELECT t.code, t.title, 'submit-final-quote', t.quotes_until FROM tender t JOIN bid b ON b.tender = t.id
        LEFT JOIN quote q ON q.bid = b.id
        WHERE b.organization = $1 AND t.state = 'quoting' AND t.quotes_until > $2 AND b.state = 'valid' AND q.id IS NULL
    UNION ALL SELECT t.code, t.title, 'answer-clarification', min(c.answer_by) FROM tender t
        JOIN clarification c ON c.tender = t.id JOIN bid b ON b.id = c.bid
        WHERE b.organization = $1 AND t.state IN ('evaluating', 'ranked') AND c.answer IS NULL AND c.answer_by > $2
        GROUP BY t.code, t.title
"""
_EXPERT = """
    SELECT DISTINCT t.code, t.title, 'check-bid' AS act, NULL::timestamptz AS by_when
        FROM tender t JOIN seat s ON s.tender = t.id JOIN bid b ON b.tender = t.id
        WHERE s.account = $1 AND s.recused_at IS NULL AND t.state = 'evaluating' AND b.state = 'opened'
        AND NOT EXISTS (SELECT 1 FROM bid_check c WHERE c.bid = b.id AND c.seat = s.id)
    UNION SELECT DISTINCT t.code, t.title, 'score-bid', NULL::timestamptz
        FROM tender t JOIN seat s ON s.tender = t.id JOIN bid b ON b.tender = t.id
        WHERE s.account = $1 AND s.recused_at IS NULL AND t.state = 'evaluating' AND b.state = 'valid'
        AND NOT EXISTS (SELECT 1 FROM score c WHERE c.bid = b.id AND c.seat = s.id)
    UNION SELECT t.code, t.title, 'request-final-quotes', NULL::timestamptz FROM tender t JOIN seat s ON s.tender = t.id
        WHERE s.account = $1 AND s.recused_at IS NULL AND t.state = 'evaluating'
        AND NOT EXISTS (SELECT 1 FROM bid b WHERE b.tender = t.id AND b.state = 'opened')
        AND t.panel_size = (SELECT count(*) FROM seat x WHERE x.tender = t.id AND x.recused_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM bid b JOIN seat x ON x.tender = t.id AND x.recused_at IS NULL
             WHERE b.tender = t.id AND b.state = 'valid'
             AND NOT EXISTS (SELECT 1 FROM score c WHERE c.bid = b.id AND c.seat = x.id))
    UNION SELECT t.code, t.title, 'seal-report', NULL::timestamptz FROM tender t JOIN seat s ON s.tender = t.id
        WHERE s.account = $1 AND s.recused_at IS NULL AND t.state = 'ranked' AND s.signed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM clarification c WHERE c.tender = t.id AND c.explained IS NULL
            AND (c.matter = 'low-price' OR (c.answer IS NULL AND c.answer_by > $2)))
    UNION SELECT DISTINCT t.code, t.title, 'judge-clarification', NULL::timestamptz FROM tender t
        JOIN seat s ON s.tender = t.id JOIN clarification c ON c.tender = t.id
        WHERE s.account = $1 AND s.recused_at IS NULL AND t.state = 'ranked' AND c.matter = 'low-price'
        AND c.explained IS NULL AND (c.answer IS NOT NULL OR c.answer_by <= $2)
        AND NOT EXISTS (SELECT 1 FROM clarification_vote v WHERE v.clarification = c.id AND v.seat = s.id)
"""


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:
    """Return what waits for a reader in tendering, by when and under which rule."""
    found: list[Row] = []
    if user.may_be(*KEYHOLDERS):
        found += await rows(f"{_KEYHOLDER} LIMIT {_MOST}", user.account, user.organization, now)
    if user.may_be(Role.PURCHASER, Role.APPROVER):
        found += await rows(f"{_STREET} LIMIT {_MOST}", user.organization)
    if user.may_be(Role.PURCHASER):
        found += await rows(f"{_PURCHASER} LIMIT {_MOST}", user.organization, now)
        found += await _awarded(user)
    if user.may_be(Role.APPROVER):
        found += await rows(f"{_APPROVER} LIMIT {_MOST}", user.organization, now, user.account)
    if user.may_be(Role.BIDDER):
        found += await rows(f"{_BIDDER} LIMIT {_MOST}", user.organization, now)
    if user.may_be(Role.PANEL_EXPERT):
        found += await rows(f"{_EXPERT} LIMIT {_MOST}", user.account, now)
    found += await disputes_waiting(user=user, now=now, limit=_MOST)
    return [_waiting(row) for row in found]


def _waiting(row: Row) -> Waiting:
    return Waiting(
        title=row["title"],
        act=row["act"],
        url=row.get("url") or f"/tenders/{row['code']}",
        by_when=last_day(row["by_when"]) if isinstance(row["by_when"], datetime) else row["by_when"],
        law=row.get("law") or HOUSE.steps[row["act"]][1].law,
    )


async def _awarded(user: User) -> list[Row]:
    """Return what a room above offers on awards without a contract: to draft it, before the last day for signing."""
    found = await rows(
        "SELECT t.code, t.title, t.street, o.district, t.published_at, t.decided_at FROM tender t"
        " JOIN organization o ON o.code = t.street WHERE t.street = $1 AND t.state = 'awarded' AND t.contract IS NULL"
        " ORDER BY t.decided_at LIMIT $2",
        user.organization,
        _MOST,
    )
    links = acts_for(kind="tender", code="", state=State.AWARDED, by=user, facts=frozenset({"has_no_contract"}))
    clocks = await award_clocks(found) if links else {}
    return [
        {**row, "act": link.act, "by_when": clocks[row["code"]].sign_by, "law": "L-11"}
        for link in links
        for row in found
    ]


async def next_turn(*, until: datetime) -> datetime | None:
    """Return the earliest moment, not after `until`, at which time must act on a tender or a challenge."""
    row = await one(
        "SELECT least((SELECT min(next_turn_at) FROM tender WHERE next_turn_at <= $1),"
        " (SELECT min(next_turn_at) FROM challenge WHERE next_turn_at <= $1)) AS at",
        until,
    )
    return row["at"] if row else None
