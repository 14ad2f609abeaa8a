"""Sealing of bids, drafts, quotes and their files, so that neither the database nor a disk can tell what they say.

Streams seal contents in chunks; suites wrap their keys for a public key; shares split the private key among the
keyholders, whose passphrases open their own keys; receipts promise what came. Decision 0008 tells against whom.
"""

from market.tendering.sealing.contents import (
    FileSeals,
    KeyHolder,
    OpenedTenderKey,
    Sealed,
    ServerKeyHolder,
    TenderKey,
    Vault,
    hand_over_file,
    open_content,
    reopen,
    seal_content,
    take_back_file,
)
from market.tendering.sealing.streams import (
    CHUNK,
    STEP,
    BrokenSeal,
    Sealing,
    StreamSealer,
    Unsealing,
    new_key,
    padded_size,
    seal,
    unseal,
)

__all__ = [
    "CHUNK",
    "STEP",
    "BrokenSeal",
    "FileSeals",
    "KeyHolder",
    "OpenedTenderKey",
    "Sealed",
    "Sealing",
    "ServerKeyHolder",
    "StreamSealer",
    "TenderKey",
    "Unsealing",
    "Vault",
    "hand_over_file",
    "new_key",
    "open_content",
    "padded_size",
    "reopen",
    "seal",
    "seal_content",
    "take_back_file",
    "unseal",
]
