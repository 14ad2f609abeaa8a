"""What a holiday list moves in the directory: the time for repairing an application that was returned."""

from datetime import date

from catalogs.agenda.listings import Moments, next_turn_at
from catalogs.states import ListingState
from market.base.calendar import add_working_days, local_date
from market.base.database import rows
from market.base.ledger import Event
from market.law.actions import Moved, move_deadline
from market.law.queries import law_on
from market.law.rules import moved_to
from market.people.states import Role
from market.people.topics import Topic, serving


async def reckon_repairs_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move the last days of repairs."""
    waiting = await rows(
        "SELECT l.*, o.code AS keeper FROM listing l JOIN organization o ON o.id = l.organization"
        " WHERE l.state = $1 AND l.repair_until >= $2 ORDER BY l.id FOR UPDATE OF l",
        str(ListingState.RETURNED),
        date.fromisoformat((event.public or {})["since"]),
    )
    moved = []
    for row in waiting:
        returned_on = local_date(row["decided_at"])
        law = await law_on(day=returned_on)
        then = add_working_days(returned_on, int(law.number("HR-12")))
        day = moved_to(before=row["repair_until"], after=then, now=local_date(event.at))
        if day is None:
            continue
        moments = Moments(state=row["state"], expires_on=row["expires_on"], repair_until=day, reminded=row["reminded"])
        await rows(
            "UPDATE listing SET repair_until = $2, next_turn_at = $3, revision = revision + 1 WHERE id = $1",
            row["id"],
            day,
            next_turn_at(moments),
        )
        moved.append(
            Moved(
                code=row["code"],
                what="repair",
                before=row["repair_until"],
                after=day,
                url=f"/listings/{row['code']}",
                topic=Topic.DIRECTORY,
                to=serving(row["keeper"], Role.ORGANIZATION_ADMINISTRATOR),
            )
        )
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)
