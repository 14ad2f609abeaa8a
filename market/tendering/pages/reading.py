"""The reading doors: the list, the notice with what is the reader's own beside it, one's own bid."""

from market.base.records import Listing
from market.base.web import Door, Shown, listing, read
from market.people.attachments import own_attachments
from market.tendering import queries
from market.tendering.pages.doors import TENDER, card_at
from market.tendering.queries import OwnBid, TenderCard, TenderLine


@listing("/tenders", name="tenders_page", template="tendering/tenders.html", returns=TenderLine)
async def tenders(door: Door[None]) -> Listing[TenderLine]:
    """List the notices, newest first; of one state with `?state=open`."""
    return await queries.tenders_page(user=door.user, state=door.query("state"), after=door.after)


@read(TENDER, name="tender_for", template="tendering/tender.html", returns=TenderCard)
async def tender(door: Door[None]) -> TenderCard:
    """Show a notice with everything that is the reader's to see."""
    return await card_at(door)


@read(f"{TENDER}/my-bid", name="own_bid", template="tendering/my_bid.html", returns=OwnBid, signed_in=True)
async def my_bid(door: Door[None]) -> Shown:
    """Show one's own bid in clear, to one's own organization alone."""
    row = await queries.tender_row(code=door.code, user=door.user)
    files = await own_attachments(by=door.user, sealed_for=door.code)
    return Shown(await queries.own_bid(tender=row, user=door.user), {"tender": await card_at(door), "files": files})
