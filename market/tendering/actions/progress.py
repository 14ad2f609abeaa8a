"""How a tender goes on is told to those whose suggestion its need was made of."""

from functools import partial

from market.base.database import one
from market.base.ledger import Event, Follower
from market.base.refusal import Said, say
from market.needs.actions import record_progress
from market.needs.states import Progress

_SAYS = {
    Progress.TENDERING: say("What you asked for is announced for offers: “{title}”."),
    Progress.AWARDED: say("What you asked for is awarded: “{title}”."),
    Progress.STOPPED: say("The announcement of what you asked for was cancelled: “{title}”."),
}


async def _tell(step: Progress, event: Event) -> None:
    tender = await one("SELECT need, title FROM tender WHERE code = $1", event.code)
    if tender is None or not tender["need"]:
        return
    says = Said(_SAYS[step].msgid, {"title": tender["title"]})
    await record_progress(need=tender["need"], step=step, says=says, url=f"/tenders/{event.code}", event=event)


PROGRESS: dict[str, Follower] = {
    "tendering:publish-tender": partial(_tell, Progress.TENDERING),
    "tendering:confirm-award": partial(_tell, Progress.AWARDED),
    "tendering:cancel-tender": partial(_tell, Progress.STOPPED),
}
