"""The doors of the opening and of the panel."""

from market.base.web import Door, Filled, act
from market.tendering import actions, examples, forms
from market.tendering.pages.doors import TENDER, card_at, fill
from market.tendering.queries import BlindBid, TenderCard
from market.tendering.states import Act, BidState


@act(
    Act.TURN_KEY,
    f"{TENDER}/turn-key",
    form=forms.TurnKey,
    returns=TenderCard,
    fill=fill,
    template="tendering/turn_key.html",
    example=examples.TURN,
    once=False,  # a wrong passphrase must be counted, which an act's own transaction would take back
)
async def turn_key(door: Door[forms.TurnKey]) -> TenderCard:
    """Turn one's key; with enough keys turned all bids are opened."""
    return await actions.turn_key(code=door.code, passphrase=door.form.passphrase, by=door.user, now=door.now)


@act(
    Act.CONFIRM_OPENING,
    f"{TENDER}/confirm-opening",
    form=forms.ConfirmOpening,
    returns=TenderCard,
    fill=fill,
    example={"remark": ""},
)
async def confirm_opening(door: Door[forms.ConfirmOpening]) -> TenderCard:
    """Confirm the opening record."""
    return await actions.confirm_opening(code=door.code, remark=door.form.remark, by=door.user, now=door.now)


@act(Act.DRAW_PANEL, f"{TENDER}/draw-panel", returns=TenderCard, fill=fill, example={})
async def draw_panel(door: Door[None]) -> TenderCard:
    """Draw the panel at random."""
    return await actions.draw_panel(code=door.code, by=door.user, now=door.now)


@act(
    Act.DECLARE_CONFLICT,
    f"{TENDER}/declare-conflict",
    form=forms.DeclareConflict,
    returns=TenderCard,
    fill=fill,
    example=examples.CONFLICT,
)
async def declare_conflict(door: Door[forms.DeclareConflict]) -> TenderCard:
    """Step back from the panel."""
    return await actions.declare_conflict(code=door.code, reason=door.form.reason, by=door.user, now=door.now)


def _bids(card: TenderCard, state: BidState) -> list[BlindBid]:
    return [bid for bid in card.panel.bids if bid.state == state] if card.panel else []


def _filled(card: TenderCard, waiting: list[BlindBid]) -> Filled:
    """Fill a member's form with the bids that wait for it, and let it choose among them."""
    numbers = [(str(bid.number), str(bid.number)) for bid in waiting]
    return Filled(record=card, choices={"bids": numbers}, context={"bids": waiting})


async def _fill_check(door: Door[None]) -> Filled:
    card = await card_at(door)
    waiting = [bid for bid in _bids(card, BidState.OPENED) if bid.my_check is None]
    return _filled(card, waiting)


@act(
    Act.CHECK_BID,
    f"{TENDER}/check-bid",
    form=forms.CheckBid,
    returns=TenderCard,
    fill=_fill_check,
    template="tendering/panel_act.html",
    example=examples.CHECK,
)
async def check_bid(door: Door[forms.CheckBid]) -> TenderCard:
    """Check whether a bid is qualified and meets the requirements."""
    sent = door.form
    return await actions.check_bid(
        code=door.code, bid=sent.bid, passed=sent.passed, reason=sent.reason, by=door.user, now=door.now
    )


async def _fill_score(door: Door[None]) -> Filled:
    card = await card_at(door)
    waiting = [bid for bid in _bids(card, BidState.VALID) if not bid.my_points]
    return _filled(card, waiting)


@act(
    Act.SCORE_BID,
    f"{TENDER}/score-bid",
    form=forms.ScoreBid,
    returns=TenderCard,
    fill=_fill_score,
    template="tendering/score.html",
    example=examples.SCORES,
)
async def score_bid(door: Door[forms.ScoreBid]) -> TenderCard:
    """Score a bid on every criterion."""
    sent = door.form
    return await actions.score_bid(code=door.code, bid=sent.bid, points=sent.given(), by=door.user, now=door.now)


@act(
    Act.REQUEST_FINAL_QUOTES,
    f"{TENDER}/request-final-quotes",
    form=forms.RequestFinalQuotes,
    returns=TenderCard,
    fill=fill,
    example=examples.ROUND,
)
async def request_final_quotes(door: Door[forms.RequestFinalQuotes]) -> TenderCard:
    """Ask the valid bidders for final quotes."""
    return await actions.request_final_quotes(code=door.code, until=door.form.until, by=door.user, now=door.now)
