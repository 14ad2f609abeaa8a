"""What becomes of a contract's draft when its award falls: it is sent back, so that another can be made."""

from contracts.states import Act, State
from market.base.database import one
from market.base.ledger import Event, record
from market.people.states import CLOCK
from market.tendering.states.disputes import Path

_FALLEN = frozenset({Path.NEXT, Path.REDO})


async def send_back_draft(event: Event) -> None:
    """Send back the unsigned contract of a tender whose award a challenge or complaint has undone (Q-6)."""
    told = event.public or {}
    if told.get("path") not in _FALLEN:
        return
    sent_back = await one(
        "UPDATE contract SET state = $2, live_tender = NULL, reviewed_by = coalesce(reviewed_by, $3),"
        " reviewed_at = coalesce(reviewed_at, $4), review_reasons = $5, revision = revision + 1"
        " WHERE live_tender = $1 AND state IN ('drafted', 'reviewed') RETURNING code",
        told["tender"],
        str(State.RETURNED),
        CLOCK.account,
        event.at,
        f"{event.code}：成交结果改变，合同草案退回",
    )
    if sent_back is not None:
        detail = {"conclusion": "return", "because": event.code}
        await record(
            room="contracts", act=Act.REVIEW_CONTRACT, code=sent_back["code"], by=event.by, now=event.at, detail=detail
        )
