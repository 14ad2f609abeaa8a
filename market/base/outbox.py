"""Messages: written in the transaction of the act they tell of, sent later by the scheduler, kept when they fail.

Mail goes to a mail server, short messages to an HTTP gateway (`sms.py`). A message leaves at most once per
acknowledged delivery: its row is locked while the server is spoken to, and a second scheduler passes over locked
rows. Only a crash between the server's yes and the commit can repeat a message, which is why it always carries the
same Message-ID, or the same key at the gateway.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from enum import Enum
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from aiosmtplib import SMTP, SMTPException
from email_validator import EmailNotValidError, validate_email

from market.base.calendar import SHANGHAI
from market.base.database import one, rows, transaction
from market.base.private import read_token, sealed_token
from market.base.refusal import Objection, refuse_if, say
from market.base.sms import Gateway, Rejected, ShortMessage, Unreachable
from market.base.tables import Message

_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(days=1),
    timedelta(days=1),
)
_LONGEST_SUBJECT = 200
_LONGEST_ERROR = 500
_SECONDS_TO_ANSWER = 20
_MAIL = "mail"
_SMS = "sms"
_TOO_LATE = "too late: what it says holds no more"


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is handed in, and in whose name; read from a URL such as `smtp://user:word@host:587?from=a@b.cn`."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool
    sender: str


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to be kept: to whom, what it says, and where its reader can stop such mails."""

    to: str
    subject: str
    body: str
    unsubscribe: str = ""


class _Outcome(Enum):
    NOTHING_DUE = "nothing due"
    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


def next_try(*, tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many failed tries, None when it is time to give up.

    Law: none; house rule: 1, 5 and 30 minutes, 2 hours, then daily; the seventh failure is the last.
    """
    return now + _PAUSES[tries - 1] if tries <= len(_PAUSES) else None


def read_mail_server(smtp_url: str) -> MailServer:
    """Read a mail server's URL: `smtps://` speaks TLS from the first byte, `smtp://` once the server offers it."""
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    tls = parts.scheme == "smtps"
    sender = parse_qs(parts.query).get("from", [f"shecai@{host}"])[0]
    return MailServer(
        host=host,
        port=parts.port or (465 if tls else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
        sender=sender,
    )


def objections_to_message(*, to: str, subject: str) -> list[Objection]:
    """Object to an address that is none, and to a subject with line breaks, which could smuggle in headers."""
    found = []
    try:
        validate_email(to, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        found.append(Objection("to", say("This is not an e-mail address.")))
    if not subject.strip() or not subject.isprintable() or len(subject) > _LONGEST_SUBJECT:
        found.append(
            Objection("subject", say("A subject is one line of at most {most} characters.", most=_LONGEST_SUBJECT))
        )
    return found


def write_letter(*, message: Mapping[str, Any], sender: str) -> EmailMessage:
    """Return a kept message as a mail; the same message is the same mail, Message-ID included."""
    letter = EmailMessage(policy=SMTP_POLICY)
    letter["From"] = sender
    letter["To"] = message["to_address"]
    letter["Subject"] = message["subject"]
    letter["Date"] = format_datetime(message["created_at"].astimezone(SHANGHAI))
    letter["Message-ID"] = (
        f"<message-{message['id']}-{message['created_at']:%Y%m%d%H%M%S%f}@{sender.rpartition('@')[2]}>"
    )
    letter["Auto-Submitted"] = "auto-generated"
    if message.get("unsubscribe"):
        letter["List-Unsubscribe"] = f"<{message['unsubscribe']}>"
    letter.set_content(message["body"])
    return letter


async def post(*, to: str, subject: str, body: str, now: datetime) -> None:
    """Keep a message in the caller's transaction, to be sent as soon as the scheduler looks.

    Refuses a malformed address and a subject of more than one line.
    """
    refuse_if(objections_to_message(to=to, subject=subject))
    await Message.insert(
        Message(to_address=to, channel=_MAIL, subject=subject, body=body, created_at=now, next_try_at=now)
    )


async def in_numbers() -> dict[str, int]:
    """Return how many messages wait, how many of those failed before, and how many were given up."""
    row = await one(
        "SELECT count(*) FILTER (WHERE next_try_at IS NOT NULL) AS waiting, count(*) FILTER (WHERE next_try_at"
        " IS NOT NULL AND tries > 0) AS retried, count(*) FILTER (WHERE failed_at IS NOT NULL) AS failed FROM message"
        " WHERE sent_at IS NULL"
    )
    return dict(row or {})


async def post_all(letters: Sequence[Letter], *, now: datetime) -> None:
    """Keep many messages in one statement of the caller's transaction; those with an address that is none are left out.

    Nobody who acts shall be refused because somebody else's address is wrong.
    """
    fit = [letter for letter in letters if not objections_to_message(to=letter.to, subject=letter.subject)]
    if fit:
        await rows(
            "INSERT INTO message (to_address, channel, subject, body, unsubscribe, created_at, next_try_at, tries,"
            " last_error) SELECT u.to_address, $5, u.subject, u.body, u.unsubscribe, $6, $6, 0, ''"
            " FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS u(to_address, subject, body, unsubscribe)",
            [letter.to for letter in fit],
            [letter.subject for letter in fit],
            [letter.body for letter in fit],
            [letter.unsubscribe for letter in fit],
            _MAIL,
            now,
        )


async def post_sms(*, to: Sequence[str], text: str, now: datetime, useless_from: datetime | None = None) -> None:
    """Keep a short message to some numbers in the caller's transaction; numbers and words are kept sealed.

    From a moment on it is not sent any more: a code that came too late would only puzzle its reader.
    """
    await rows(
        "INSERT INTO message (to_address, channel, subject, body, unsubscribe, created_at, next_try_at, tries,"
        " last_error, useless_from) SELECT u.to_address, $3, '', u.body, '', $4, $4, 0, '', $5"
        " FROM unnest($1::text[], $2::text[]) AS u(to_address, body)",
        [sealed_token({"phone": phone}, purpose=_SMS) for phone in to],
        [sealed_token({"text": text}, purpose=_SMS) for _ in to],
        _SMS,
        now,
        useless_from,
    )


def write_sms(*, message: Mapping[str, Any]) -> ShortMessage:
    """Return a kept short message in clear; the same message has the same mark at the gateway."""
    phone = read_token(message["to_address"], purpose=_SMS) or {}
    text = read_token(message["body"], purpose=_SMS) or {}
    if not (phone and text):
        raise ValueError("this message was sealed under another secret key")
    mark = f"message-{message['id']}-{message['created_at']:%Y%m%d%H%M%S%f}"
    return ShortMessage(to=phone["phone"], text=text["text"], mark=mark)


async def send_due(*, now: datetime, limit: int, smtp_url: str | None, sms_url: str | None = None) -> int:
    """Send what is due, oldest first and at most `limit` a channel, each in its own transaction; return how many.

    Locks one message at a time and passes over those another scheduler holds. Without a mail server mails wait, and
    without a gateway short messages do. When a server cannot be reached, one try is noted and the rest waits for the
    next call.
    """
    sent = 0
    if smtp_url is not None:
        async with _Courier(read_mail_server(smtp_url)) as courier:
            sent += await _send_all(courier, now=now, limit=limit)
    if sms_url is not None:
        async with Gateway(sms_url) as gateway:
            sent += await _send_all(gateway, now=now, limit=limit)
    return sent


async def _send_all(courier: "_Courier | Gateway", *, now: datetime, limit: int) -> int:
    sent = 0
    for _ in range(limit):
        outcome = await _send_one(courier=courier, now=now)
        sent += outcome is _Outcome.SENT
        if outcome in {_Outcome.NOTHING_DUE, _Outcome.UNREACHABLE}:
            break
    return sent


async def _send_one(*, courier: "_Courier | Gateway", now: datetime) -> _Outcome:
    channel = _SMS if isinstance(courier, Gateway) else _MAIL
    async with transaction():
        message = await (
            Message.select()
            .where((Message.channel == channel) & (Message.next_try_at <= now))
            .order_by(Message.next_try_at, Message.id)
            .first()
            .lock_rows("UPDATE", skip_locked=True)
        )
        if message is None:
            return _Outcome.NOTHING_DUE
        if message["useless_from"] is not None and message["useless_from"] <= now:
            await _give_up(message, error=_TOO_LATE, now=now)
            return _Outcome.REFUSED
        try:
            if isinstance(courier, Gateway):
                await courier.carry(write_sms(message=message))
            else:
                await courier.carry(write_letter(message=message, sender=courier.server.sender))
        except Unreachable as fault:
            await _note_failure(message, error=str(fault), now=now)
            return _Outcome.UNREACHABLE
        except (SMTPException, Rejected, OSError, ValueError) as fault:
            await _note_failure(message, error=_words(fault), now=now)
            return _Outcome.REFUSED
        await Message.update(
            {Message.sent_at: now, Message.next_try_at: None, Message.tries: message["tries"] + 1}
        ).where(Message.id == message["id"])
        return _Outcome.SENT


async def _give_up(message: Mapping[str, Any], *, error: str, now: datetime) -> None:
    await Message.update({Message.next_try_at: None, Message.failed_at: now, Message.last_error: error}).where(
        Message.id == message["id"]
    )


async def _note_failure(message: Mapping[str, Any], *, error: str, now: datetime) -> None:
    tries = message["tries"] + 1
    again = next_try(tries=tries, now=now)
    await Message.update(
        {
            Message.tries: tries,
            Message.next_try_at: again,
            Message.failed_at: None if again else now,
            Message.last_error: error,
        }
    ).where(Message.id == message["id"])


class _Courier:
    """One connection to the mail server, opened with the first letter and kept for the next ones."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._line: SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._line is not None and self._line.is_connected:
            self._line.close()

    async def carry(self, letter: EmailMessage) -> None:
        """Hand one letter to the server; raises `Unreachable` when there is no way to it."""
        if self._line is None or not self._line.is_connected:
            self._line = await self._connected()
        await self._line.send_message(letter)

    async def _connected(self) -> SMTP:
        line = SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user,
            password=self.server.password,
            use_tls=self.server.tls,
            timeout=_SECONDS_TO_ANSWER,
        )
        try:
            await line.connect()
        except (SMTPException, OSError) as fault:
            raise Unreachable(_words(fault)) from fault
        return line


def _words(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"[:_LONGEST_ERROR]
