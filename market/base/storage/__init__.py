"""Attachments' bytes: streamed in, judged on the way, kept under their own digest; and how they are served.

What a file may be called and what it must be is decided by pure functions in `kinds` and `names`; `store` and
`upload` do the reading and writing, chunk by chunk, so that no file ever lies whole in memory or in a spool.
"""

from market.base.storage.kinds import KINDS, Inspector, Kind
from market.base.storage.names import clean_name, disposition, extension_of
from market.base.storage.store import LIMIT, Sealer, Storage, Stored
from market.base.storage.upload import Upload, read_upload

__all__ = [
    "KINDS",
    "LIMIT",
    "Inspector",
    "Kind",
    "Sealer",
    "Storage",
    "Stored",
    "Upload",
    "clean_name",
    "disposition",
    "extension_of",
    "read_upload",
]
