"""Short messages go through a real HTTP gateway on this machine, sealed until then."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from market.base import private
from market.base.database import rows, transaction
from market.base.outbox import post_sms, send_due
from market.settings import BadSettings, read_settings

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Gateway:
    """Takes one POST a connection, and answers with the status it was given."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.heads: list[str] = []
        self.status = 200
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        body = await reader.readexactly(length)
        self.heads.append(head)
        if self.status == 200:
            self.taken.append(json.loads(body))
        writer.write(f"HTTP/1.1 {self.status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    private.furnish(secret_key="a-secret-for-tests-of-forty-characters-xx")
    found = Gateway()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.url = f"http://me:word@127.0.0.1:{server.sockets[0].getsockname()[1]}/send"
    yield found
    server.close()
    await server.wait_closed()


async def kept() -> None:
    async with transaction():
        await post_sms(to=["13700000001"], text="123456是您的验证码。", now=NOW)


@pytest.mark.usefixtures("empty_database")
async def test_a_code_that_holds_no_more_is_not_sent(gateway: Gateway) -> None:
    until = NOW + timedelta(minutes=10)
    async with transaction():
        for number in ("13700000001", "13700000002"):
            await post_sms(to=[number], text="654321是您的验证码。", now=NOW, useless_from=until)
    assert await send_due(now=until - timedelta(seconds=1), limit=1, smtp_url=None, sms_url=gateway.url) == 1
    assert await send_due(now=until, limit=10, smtp_url=None, sms_url=gateway.url) == 0
    assert len(gateway.taken) == 1
    (left,) = await rows("SELECT failed_at, next_try_at, last_error FROM message WHERE sent_at IS NULL")
    assert (left["failed_at"], left["next_try_at"], left["last_error"][:8]) == (until, None, "too late")


@pytest.mark.usefixtures("empty_database")
async def test_it_is_sealed_until_it_leaves_once(gateway: Gateway) -> None:
    await kept()
    (row,) = await rows("SELECT to_jsonb(m)::text AS told FROM message m")
    assert "13700000001" not in row["told"]
    assert "123456" not in row["told"]
    assert await send_due(now=NOW, limit=10, smtp_url=None, sms_url=None) == 0, "without a gateway it waits"
    assert await send_due(now=NOW, limit=10, smtp_url=None, sms_url=gateway.url) == 1
    assert await send_due(now=NOW + timedelta(days=9), limit=10, smtp_url=None, sms_url=gateway.url) == 0
    assert gateway.taken == [{"to": "13700000001", "text": "123456是您的验证码。"}]
    assert "authorization: basic" in gateway.heads[0]
    assert "idempotency-key: message-" in gateway.heads[0]


@pytest.mark.usefixtures("empty_database")
async def test_what_fails_is_tried_again_under_the_same_key(gateway: Gateway) -> None:
    await kept()
    for status, after in ((503, timedelta()), (400, timedelta(minutes=1)), (200, timedelta(minutes=6))):
        gateway.status = status
        await send_due(now=NOW + after, limit=10, smtp_url=None, sms_url=gateway.url)
    assert len(gateway.taken) == 1
    keys = {head.split("idempotency-key: ")[1].split("\r\n")[0] for head in gateway.heads}
    assert (len(gateway.heads), len(keys)) == (3, 1)
    (row,) = await rows("SELECT tries, sent_at, last_error FROM message")
    assert (row["tries"], row["sent_at"]) == (3, NOW + timedelta(minutes=6))
    assert "13700000001" not in row["last_error"]


def test_the_gateway_of_an_operator_must_be_an_address() -> None:
    good = {"SHECAI_SECRET_KEY": "x" * 40, "SHECAI_BASE_URL": "https://town.test"}
    assert read_settings(good).sms_url is None
    assert (
        read_settings(good | {"SHECAI_SMS_URL": "https://me:w@sms.test/send"}).sms_url == "https://me:w@sms.test/send"
    )
    with pytest.raises(BadSettings, match="SHECAI_SMS_URL"):
        read_settings(good | {"SHECAI_SMS_URL": "sms.test"})
