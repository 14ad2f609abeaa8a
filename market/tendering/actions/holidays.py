"""What a holiday list moves in tendering: only the time for confirming, which the law's arithmetic made."""

from datetime import date

from market.base.calendar import last_day, start_of_day
from market.base.database import rows
from market.base.ledger import Event
from market.law.actions import Moved, move_deadline
from market.law.rules import moved_to
from market.people.states import Role
from market.people.topics import Topic, serving
from market.tendering.agenda import Moments, next_turn_at
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.award import confirm_until
from market.tendering.states import LIFECYCLE, Act, State


async def reckon_awards_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move the end of confirming where it falls on another day now.

    Closings, openings and the end of questions were announced; they never move by themselves.
    """
    since = start_of_day(date.fromisoformat((event.public or {})["since"]))
    waiting = await rows(
        "SELECT t.*, o.district FROM tender t JOIN organization o ON o.code = t.street"
        " WHERE t.state = $1 AND t.confirm_until >= $2 ORDER BY t.id FOR UPDATE OF t",
        str(State.EVALUATED),
        since,
    )
    moved = []
    for row in waiting:
        law = await law_of_tender(row=row, now=event.at)
        then = confirm_until(reported_at=row["reported_at"], law=law)
        until = moved_to(before=row["confirm_until"], after=then, now=event.at)
        if until is None:
            continue
        await rows(
            "UPDATE tender SET confirm_until = $2, next_turn_at = $3, revision = revision + 1 WHERE id = $1",
            row["id"],
            until,
            next_turn_at(Moments(state=State.EVALUATED, confirm_until=until)),
        )
        moved.append(
            Moved(
                code=row["code"],
                what="confirm",
                before=last_day(row["confirm_until"]),
                after=last_day(until),
                url=f"/tenders/{row['code']}",
                topic=Topic.PANEL,
                to=serving(row["street"], *(Role(role) for role in sorted(LIFECYCLE.step(Act.CONFIRM_AWARD).by))),
            )
        )
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)
