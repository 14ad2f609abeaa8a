"""What an evaluation found is told to those whose suggestion the service was made of."""

from market.base.database import one
from market.base.ledger import Event, Follower
from market.base.refusal import say
from market.needs.actions import record_progress
from market.needs.states import Progress


async def _published(event: Event) -> None:
    row = await one(
        "SELECT c.need, e.title, e.score FROM evaluation e JOIN contract c ON c.code = e.contract WHERE e.code = $1",
        event.code,
    )
    if row is None or not row["need"]:
        return
    says = say(
        "How good it was is published: “{title}”, {score} of 100 points.", title=row["title"], score=row["score"]
    )
    await record_progress(
        need=row["need"], step=Progress.EVALUATED, says=says, url=f"/evaluations/{event.code}", event=event
    )


PROGRESS: dict[str, Follower] = {"evaluations:publish-evaluation": _published}
