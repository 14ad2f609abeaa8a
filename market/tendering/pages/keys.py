"""The doors of one's own opening key, and of receipts."""

from litestar import Response

from market.base.records import Record
from market.base.refusal import NotFound
from market.base.web import Door, Shown, act, file, read
from market.tendering import actions, examples, forms, queries
from market.tendering.pages.doors import TENDER, card_at
from market.tendering.queries.keys import KeyCard, key_of
from market.tendering.queries.receipts import OwnCopy, ReceiptCard, own_copy, receipt_for
from market.tendering.sealing.receipts import public_key
from market.tendering.states import Act


class ReceiptKey(Record, frozen=True, kw_only=True):
    """The public key that every receipt of this installation is checked with."""

    algorithm: str = "Ed25519"
    public_key: str


@read("/keys/mine", name="key_of", template="tendering/key.html", returns=KeyCard, signed_in=True)
async def my_key(door: Door[None]) -> KeyCard:
    """Show one's own opening key and the tenders it helps to open."""
    return await key_of(user=door.user)


@act(Act.MAKE_KEY, "/keys/make-key", form=forms.MakeKey, returns=KeyCard, example=examples.NEW_KEY, once=False)
async def make_key(door: Door[forms.MakeKey]) -> KeyCard:
    """Make one's opening key."""
    sent = door.form
    return await actions.make_key(
        passphrase=sent.new_passphrase, repeated=sent.repeated, lost=sent.lost, by=door.user, now=door.now
    )


@act(
    Act.CHANGE_PASSPHRASE,
    "/keys/change-passphrase",
    form=forms.ChangePassphrase,
    returns=KeyCard,
    example=examples.NEW_PASSPHRASE,
    once=False,  # a wrong passphrase must be counted, which an act's own transaction would take back
)
async def change_passphrase(door: Door[forms.ChangePassphrase]) -> KeyCard:
    """Change the passphrase of one's opening key."""
    sent = door.form
    return await actions.change_passphrase(
        old=sent.old_passphrase, new=sent.new_passphrase, repeated=sent.repeated, by=door.user, now=door.now
    )


@read("/receipts/key", name="receipt_key", template="tendering/receipt_key.html", returns=ReceiptKey)
async def receipt_key(door: Door[None]) -> ReceiptKey:  # noqa: ARG001  everybody is answered the same
    """Tell the public key that receipts are checked with."""
    return ReceiptKey(code="receipts", state="in-use", url="/receipts/key", public_key=public_key())


@read(f"{TENDER}/receipt", name="receipt_for", template="tendering/receipt.html", returns=ReceiptCard, signed_in=True)
async def receipt(door: Door[None]) -> Shown:
    """Show one's own receipt, and whether it holds."""
    row = await queries.tender_row(code=door.code, user=door.user)
    return Shown(await receipt_for(tender=row, user=door.user), {"tender": await card_at(door)})


@read(f"{TENDER}/my-copy", name="own_copy", media="application/json", returns=OwnCopy, signed_in=True)
async def my_copy(door: Door[None]) -> Response[bytes]:
    """Give one's own draft to keep, before it is submitted and no longer to be read here."""
    row = await queries.tender_row(code=door.code, user=door.user)
    copy = await own_copy(tender=row, user=door.user)
    if copy is None:
        raise NotFound
    return file(copy, name=f"{door.code}-draft.json", media_type="application/json")
