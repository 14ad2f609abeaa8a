import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import default as modern
from typing import Any

import msgspec
import pytest
from aiosmtpd import smtp

from market.base.database import rows, transaction
from market.base.outbox import next_try, objections_to_message, post, read_mail_server, send_due, write_letter
from market.base.refusal import Refused

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class PostOffice:
    """A real SMTP server on this machine that keeps what it takes, or refuses in the words it was given."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.refusal: str | None = None
        self.pause = 0.0
        self.url = ""
        self.unknown: set[str] = set()

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: smtp.Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 nobody here by that name"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: smtp.Envelope) -> str:  # noqa: N802  aiosmtpd's name
        await asyncio.sleep(self.pause)
        if self.refusal:
            return self.refusal
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=modern))
        return "250 taken"


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: smtp.SMTP(office, enable_SMTPUTF8=False), "127.0.0.1", 0)
    office.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}/?from=shecai@town.test"
    yield office
    server.close()
    await server.wait_closed()


async def messages() -> list[dict[str, Any]]:
    return await rows("SELECT * FROM message ORDER BY id")


async def write(count: int = 1, *, subject: str = "评价结果已公布") -> None:
    async with transaction():
        for number in range(count):
            await post(to=f"li{number}@town.test", subject=subject, body="请登录查看。\n社采", now=NOW)


@pytest.mark.parametrize(
    ("tries", "pause"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(days=1)),
        (6, timedelta(days=1)),
    ],
)
def test_the_pauses_grow(tries: int, pause: timedelta) -> None:
    assert next_try(tries=tries, now=NOW) == NOW + pause


def test_the_seventh_failure_is_the_last() -> None:
    assert next_try(tries=7, now=NOW) is None


@pytest.mark.parametrize(
    ("to", "subject", "fields"),
    [
        ("li@town.test", "评价结果已公布", []),
        ("li@town.test\r\nBcc: all@town.test", "x", ["to"]),
        ("li", "x", ["to"]),
        ("李@town.test", "x", ["to"]),
        ("a@town.test, b@town.test", "x", ["to"]),
        ("li@town.test", "x\r\nBcc: all@town.test", ["subject"]),
        ("li@town.test", "x\ny", ["subject"]),
        ("li@town.test", "", ["subject"]),
        ("li@town.test", "x" * 201, ["subject"]),
        ("", "\u202e", ["to", "subject"]),
    ],
)
def test_nothing_smuggles_in_a_header(to: str, subject: str, fields: list[str]) -> None:
    assert [objection.field for objection in objections_to_message(to=to, subject=subject)] == fields


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.test", ("mail.test", 25, None, None, False, "shecai@mail.test")),
        ("smtps://mail.test", ("mail.test", 465, None, None, True, "shecai@mail.test")),
        ("smtp://u%40x:p%2Fw@mail.test:587?from=a@b.test", ("mail.test", 587, "u@x", "p/w", False, "a@b.test")),
    ],
)
def test_the_mail_servers_url(url: str, server: tuple[object, ...]) -> None:
    assert msgspec.structs.astuple(read_mail_server(url)) == server


def test_the_same_message_is_the_same_mail() -> None:
    message = {"id": 7, "to_address": "li@town.test", "subject": "结果", "body": "正文", "created_at": NOW}
    first, second = (write_letter(message=message, sender="a@b.test") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@b.test>")
    assert first["Date"] == "Mon, 02 Mar 2026 09:30:00 +0800"


async def test_it_is_sent_once_and_kept_as_sent(empty_database: str, post_office: PostOffice) -> None:
    await write(2)
    assert await send_due(now=NOW, limit=10, smtp_url=post_office.url) == 2
    assert await send_due(now=NOW + timedelta(days=9), limit=10, smtp_url=post_office.url) == 0
    mail = post_office.taken[0]
    assert (mail["To"], mail["From"], mail["Subject"]) == ("li0@town.test", "shecai@town.test", "评价结果已公布")
    assert mail.get_content().splitlines() == ["请登录查看。", "社采"]  # type: ignore[attr-defined]
    assert [(m["sent_at"], m["tries"], m["next_try_at"]) for m in await messages()] == [(NOW, 1, None)] * 2


async def test_what_was_rolled_back_is_never_sent(empty_database: str, post_office: PostOffice) -> None:
    async def act() -> None:
        async with transaction():
            await post(to="li@town.test", subject="x", body="y", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await act()
    assert await send_due(now=NOW, limit=10, smtp_url=post_office.url) == 0


async def test_a_refused_message_is_not_kept(empty_database: str) -> None:
    with pytest.raises(Refused):
        await post(to="li@town.test", subject="x\r\nBcc: all@town.test", body="y", now=NOW)
    assert await messages() == []


async def test_it_waits_for_its_moment_and_for_the_limit(empty_database: str, post_office: PostOffice) -> None:
    await write(3)
    assert await send_due(now=NOW - timedelta(seconds=1), limit=10, smtp_url=post_office.url) == 0
    assert await send_due(now=NOW, limit=2, smtp_url=post_office.url) == 2
    assert await send_due(now=NOW, limit=2, smtp_url=post_office.url) == 1


async def test_without_a_mail_server_everything_waits(empty_database: str) -> None:
    await write()
    assert await send_due(now=NOW, limit=10, smtp_url=None) == 0
    assert (await messages())[0]["tries"] == 0


async def test_a_failure_is_kept_with_its_words_and_tried_again(empty_database: str, post_office: PostOffice) -> None:
    await write()
    post_office.refusal = "451 mailbox busy"
    assert await send_due(now=NOW, limit=10, smtp_url=post_office.url) == 0
    (message,) = await messages()
    assert "mailbox busy" in message["last_error"]
    assert (message["tries"], message["next_try_at"]) == (1, NOW + timedelta(minutes=1))
    post_office.refusal = None
    assert await send_due(now=NOW + timedelta(seconds=59), limit=10, smtp_url=post_office.url) == 0
    assert await send_due(now=NOW + timedelta(minutes=1), limit=10, smtp_url=post_office.url) == 1


async def test_after_seven_tries_it_is_kept_as_failed(empty_database: str, post_office: PostOffice) -> None:
    await write()
    post_office.refusal = "550 no such mailbox"
    moment = NOW
    for _ in range(7):
        await send_due(now=moment, limit=10, smtp_url=post_office.url)
        moment = (await messages())[0]["next_try_at"] or moment
    (message,) = await messages()
    assert (message["tries"], message["next_try_at"], message["failed_at"]) == (7, None, moment)
    assert "no such mailbox" in message["last_error"]
    post_office.refusal = None
    assert await send_due(now=moment + timedelta(days=30), limit=10, smtp_url=post_office.url) == 0


async def test_a_silent_server_costs_one_try_and_stops_the_batch(empty_database: str) -> None:
    await write(3)
    assert await send_due(now=NOW, limit=10, smtp_url="smtp://127.0.0.1:9") == 0
    assert [message["tries"] for message in await messages()] == [1, 0, 0]


async def test_one_refused_letter_does_not_stop_the_next(empty_database: str, post_office: PostOffice) -> None:
    await write(2)
    post_office.unknown.add("li0@town.test")
    assert await send_due(now=NOW, limit=10, smtp_url=post_office.url) == 1
    assert [mail["To"] for mail in post_office.taken] == ["li1@town.test"]
    assert "nobody here" in (await messages())[0]["last_error"]


async def test_two_schedulers_send_nothing_twice(empty_database: str, post_office: PostOffice) -> None:
    await write(12)
    post_office.pause = 0.02
    sent = await asyncio.gather(*[send_due(now=NOW, limit=20, smtp_url=post_office.url) for _ in range(3)])
    assert sum(sent) == 12
    assert sorted(mail["To"] for mail in post_office.taken) == sorted(f"li{n}@town.test" for n in range(12))
