"""Kept files on pages of every room: one as an answer, one's own as the choices of a form."""

from litestar.response import Stream

from market.base.storage import disposition
from market.people.attachments import open_attachment, own_attachments
from market.people.states import User


async def send_attachment(*, code: str, user: User | None = None, name: str = "") -> Stream:
    """Return a file as an answer, under its own name or another that tells less.

    Without a user the calling room has decided who reads it; otherwise raises NotFound for who may not.
    """
    row, chunks = await open_attachment(code=code, user=user)
    headers = disposition(name=name or row["name"] or code, media_type=row["media_type"])
    return Stream(chunks, media_type=row["media_type"], headers=headers)


async def own_files(*, by: User) -> list[tuple[str, str]]:
    """Return the newest unsealed files of the reader's organization as choices: their codes and names."""
    return [(kept.code, kept.name or kept.code) for kept in await own_attachments(by=by)]
