"""Short messages through an operator's HTTP gateway: one POST of JSON each, `{"to": …, "text": …}`.

The gateway answers 2xx when it took the message. Its user and password may stand in its URL. Every message carries the
same `Idempotency-Key` each time it is tried, so that a gateway that keeps them sends it once.
"""

from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
import msgspec

_SECONDS_TO_ANSWER = 20


class ShortMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message in clear, on its way: the number, the words, and the mark that is the same each time."""

    to: str
    text: str
    mark: str


class Unreachable(Exception):
    """The server does not answer or does not let us in; nothing is wrong with the message."""


class Rejected(Exception):
    """The gateway did not take the message."""


class Gateway:
    """One connection to the gateway, kept for the next message."""

    def __init__(self, url: str) -> None:
        """Read the address; a user and password in it become the basic authorization."""
        parts = urlsplit(url)
        given = httpx.BasicAuth(parts.username or "", parts.password or "") if parts.username else None
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
        self._url = parts._replace(netloc=host).geturl()
        self._client = httpx.AsyncClient(auth=given, timeout=_SECONDS_TO_ANSWER, follow_redirects=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def carry(self, message: ShortMessage) -> None:
        """Hand one message over. Raises Unreachable, or Rejected with the gateway's status and nothing of the message.

        Too many at once and a fault on the gateway's side count as unreachable: the others would fare no better.
        """
        body = {"to": message.to, "text": message.text}
        try:
            answer = await self._client.post(self._url, json=body, headers={"Idempotency-Key": message.mark})
        except httpx.HTTPError as fault:
            raise Unreachable(type(fault).__name__) from fault
        if answer.status_code in (401, 403, 429) or answer.is_server_error:
            raise Unreachable(f"the gateway answered {answer.status_code}")
        if not answer.is_success:
            raise Rejected(f"the gateway answered {answer.status_code}")
