"""The door behind the code on a printed invoice: open to whoever holds the paper."""

from contracts.queries.verifying import VerifiedInvoice, verified_invoice
from market.base.web import Door, Shown, read


@read(
    "/verify/invoice/{code:str}/{mark:str}",
    name="verified_invoice",
    template="contracts/verified.html",
    returns=VerifiedInvoice,
)
async def verify_invoice(door: Door[None]) -> Shown:
    """Tell whoever holds a printed invoice whether it was submitted here, over which amount, and what is left of it."""
    found, credited = await verified_invoice(code=door.code, mark=str(door.request.path_params["mark"]))
    return Shown(found, {"credited": credited})
