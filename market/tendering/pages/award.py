"""The doors of the report and the award."""

from market.base.web import Door, act
from market.tendering import actions, examples, forms
from market.tendering.pages.doors import TENDER, fill
from market.tendering.queries import TenderCard
from market.tendering.states import Act


@act(
    Act.SEAL_REPORT,
    f"{TENDER}/seal-report",
    form=forms.SealReport,
    returns=TenderCard,
    fill=fill,
    template="tendering/panel_act.html",
    example=examples.SIGNATURE,
)
async def seal_report(door: Door[forms.SealReport]) -> TenderCard:
    """Sign the evaluation report."""
    sent = door.form
    return await actions.seal_report(
        code=door.code, agrees=sent.agrees, reasons=sent.reasons, by=door.user, now=door.now
    )


@act(
    Act.CONFIRM_AWARD,
    f"{TENDER}/confirm-award",
    returns=TenderCard,
    fill=fill,
    template="tendering/confirm_award.html",
    example={},
)
async def confirm_award(door: Door[None]) -> TenderCard:
    """Confirm the award to rank one."""
    return await actions.confirm_award(code=door.code, expected=door.expected, by=door.user, now=door.now)
