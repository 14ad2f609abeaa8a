"""What a holiday list moves in evaluations: the time for a reply, which the house's arithmetic made."""

from datetime import date

from evaluations.agenda import Moments, next_turn_at
from evaluations.queries.cards import law_of
from evaluations.rules import acting
from evaluations.states import State
from market.base.calendar import last_day, start_of_day
from market.base.database import rows
from market.base.ledger import Event
from market.law.actions import Moved, move_deadline
from market.law.rules import moved_to
from market.people.states import Role
from market.people.topics import Topic, serving


async def reckon_replies_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move the end of replies. A survey's last day stands on its slips."""
    since = start_of_day(date.fromisoformat((event.public or {})["since"]))
    waiting = await rows(
        "SELECT * FROM evaluation WHERE state = $1 AND reply_until >= $2 ORDER BY id FOR UPDATE", State.SCORED, since
    )
    moved = []
    for row in waiting:
        then = acting.reply_until(scored_at=row["scored_at"], law=await law_of(row))
        until = moved_to(before=row["reply_until"], after=then, now=event.at)
        if until is None:
            continue
        moments = Moments(state=State.SCORED, opens_at=row["opens_at"], reply_until=until)
        await rows(
            "UPDATE evaluation SET reply_until = $2, next_turn_at = $3, revision = revision + 1 WHERE id = $1",
            row["id"],
            until,
            next_turn_at(moments),
        )
        moved.append(
            Moved(
                code=row["code"],
                what="reply",
                before=last_day(row["reply_until"]),
                after=last_day(until),
                url=f"/evaluations/{row['code']}",
                topic=Topic.EVALUATIONS,
                to=serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER),
            )
        )
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)
