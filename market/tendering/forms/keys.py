"""What keyholders send: passphrases, which are shown nowhere and kept nowhere."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Secret

_NEW = Meta(
    title="New passphrase",
    description="At least twelve characters. Write it down and keep it apart: nobody can restore it.",
    extra={"autocomplete": "new-password"},
)
_AGAIN = Meta(title="New passphrase, once more", extra={"autocomplete": "new-password"})


class TurnKey(msgspec.Struct, frozen=True, kw_only=True):
    """A keyholder's passphrase."""

    passphrase: Annotated[
        Secret, Meta(title="Your passphrase", description="That of your opening key, not of your account.")
    ]


class MakeKey(msgspec.Struct, frozen=True, kw_only=True):
    """The passphrase of a new key."""

    new_passphrase: Annotated[Secret, _NEW]
    repeated: Annotated[Secret, _AGAIN]
    lost: Annotated[
        bool,
        Meta(title="I have lost the passphrase of my present key", description="What it opens, others must open."),
    ] = False


class ChangePassphrase(msgspec.Struct, frozen=True, kw_only=True):
    """The present passphrase and the new one."""

    old_passphrase: Annotated[Secret, Meta(title="Present passphrase")]
    new_passphrase: Annotated[Secret, _NEW]
    repeated: Annotated[Secret, _AGAIN]
