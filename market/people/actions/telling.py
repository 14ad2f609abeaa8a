"""Telling people: who hears of an event is written down with it, and mailed at once or gathered for the morning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import Event, Follower, record
from market.base.outbox import Letter, post_all
from market.base.records import Turned
from market.base.refusal import NotFound, say
from market.base.wording import words
from market.people.states import CLOCK, Act, User
from market.people.topics import (
    ALWAYS,
    LONGEST_SENTENCE,
    MailChoice,
    Teller,
    Telling,
    Tells,
    Topic,
    default_of,
    keep_words,
    kept_words,
    next_digest,
)
from market.settings import Settings

_PREFERENCES = "/notifications/preferences"
_MOST_AT_ONCE = 2000
_TELL = """
    WITH hearers AS (
        SELECT DISTINCT ON (h.account) h.account, h.n, h.organization FROM (
            SELECT m.account, w.n, o.code AS organization
            FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS w(n, organization, role, login)
            JOIN organization o ON o.code = w.organization
            JOIN membership m ON m.organization = o.id AND m.revoked_at IS NULL AND (w.role = '' OR m.role = w.role)
            WHERE w.login = '' AND w.organization <> ''
            UNION ALL
            SELECT m.account, w.n, ''
            FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS w(n, organization, role, login)
            JOIN membership m ON m.role = w.role AND m.revoked_at IS NULL
            WHERE w.login = '' AND w.organization = ''
            UNION ALL
            SELECT a.id, w.n, ''
            FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS w(n, organization, role, login)
            JOIN account a ON a.login = w.login
        ) h ORDER BY h.account, h.n
    ), chosen AS (
        SELECT h.n, h.account, h.organization, t.topic, t.words, t.url, a.email, a.lang, a.name,
            CASE WHEN a.email = '' THEN 'never' WHEN t.fixed THEN 'at-once' ELSE coalesce(p.mail, t.mail) END AS mail
        FROM hearers h
        JOIN unnest($5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bool[])
            AS t(n, topic, words, url, mail, fixed) ON t.n = h.n
        JOIN account a ON a.id = h.account AND NOT a.suspended AND (a.login <> $11::text OR t.fixed)
        LEFT JOIN mail_preference p ON p.account = a.id AND p.topic = t.topic
    ), told AS (
        INSERT INTO notification (account, event, organization, topic, words, url, code, made_at, digest_at)
        SELECT account, $12::bigint, organization, topic, words::jsonb, url, $13::text, $14::timestamptz,
            CASE WHEN mail = 'daily' THEN $15::timestamptz END
        FROM chosen ON CONFLICT (account, event) DO NOTHING RETURNING account
    )
    SELECT c.n, c.email, c.lang, c.name FROM chosen c JOIN told USING (account)
    WHERE c.mail = 'at-once' ORDER BY c.email
"""


class _Site:
    """What the app hands in at start."""

    base_url = ""


def furnish(settings: Settings) -> None:
    """Take in the public address, for the links in mails."""
    _Site.base_url = settings.base_url


def public_address(path: str) -> str:
    """Return the whole address under which the public finds a page."""
    return f"{_Site.base_url}{path}"


def followers_of(tells: Tells) -> dict[str, Follower]:
    """Return what the ledger runs after each event that somebody is to be told of."""
    return {tag: partial(_follow, teller) for tag, teller in tells.items()}


async def _follow(teller: Teller, event: Event) -> None:
    await tell(event=event, tellings=await teller(event))


async def tell(*, event: Event, tellings: Sequence[Telling]) -> None:
    """Write down who hears of an event, in its transaction and one statement, and keep the mails that go at once.

    Each person hears once, the first telling that is meant for them; whoever acted does not hear of it, except about
    their own account.
    """
    to = [(number, whom) for number, telling in enumerate(tellings) for whom in telling.to]
    if not to:
        return
    mailed = await rows(
        _TELL,
        [number for number, _ in to],
        [whom.organization for _, whom in to],
        [whom.role for _, whom in to],
        [whom.account for _, whom in to],
        list(range(len(tellings))),
        [str(telling.topic) for telling in tellings],
        [msgspec.json.encode(keep_words(telling.says)).decode() for telling in tellings],
        [telling.url for telling in tellings],
        [str(default_of(telling.topic)) for telling in tellings],
        [telling.topic in ALWAYS for telling in tellings],
        event.by.account,
        event.id,
        event.code,
        event.at,
        next_digest(event.at),
    )
    await post_all([_at_once(row, tellings[row["n"]]) for row in mailed], now=event.at)


def _at_once(row: Row, telling: Telling) -> Letter:
    sentence = words(telling.says, row["lang"])
    return _letter(row, subject=sentence, lines=[sentence, f"{_Site.base_url}{telling.url}"])


def _letter(row: Mapping[str, Any], *, subject: str, lines: Iterable[str]) -> Letter:
    """Return a mail in the hearer's language, with the way to stop such mails."""
    lang, stop = row["lang"], f"{_Site.base_url}{_PREFERENCES}"
    greeting = words(say("Dear {name},", name=row["name"]), lang)
    parting = words(say("Choose which mails you get: {address}", address=stop), lang)
    name = words(say("Shecai"), lang)
    line = " ".join(f"{name}{'：' if lang.startswith('zh') else ': '}{subject}".split())
    return Letter(
        to=row["email"],
        subject="".join(c for c in line if c.isprintable())[:LONGEST_SENTENCE],
        body="\n".join([greeting, "", *lines, "", "-- ", parting, ""]),
        unsubscribe=stop,
    )


async def turn(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Send the morning's digests that are due, some hundred people a transaction; running twice sends nothing twice."""
    done: list[Turned] = []
    while len(done) < limit and (turned := await send_digest(now=now)) is not None:
        done.append(turned)
    return done


async def send_digest(*, now: datetime) -> Turned | None:
    """Gather what is due for the next people into one mail each, without what they have read; None when nothing is.

    Locks their rows and passes over those another scheduler holds. Leaves one ledger line for them all.
    """
    async with transaction():
        found = await rows(
            "WITH next AS (SELECT DISTINCT account FROM (SELECT account FROM notification WHERE digest_at <= $1"
            " ORDER BY digest_at LIMIT $2) AS n),"
            " due AS (SELECT n.id FROM notification n JOIN next ON next.account = n.account WHERE n.digest_at <= $1"
            " FOR UPDATE OF n SKIP LOCKED)"
            " UPDATE notification n SET digest_at = NULL FROM due, account a WHERE n.id = due.id AND a.id = n.account"
            " RETURNING n.account, n.event, n.words, n.url, n.read_at, a.email, a.lang, a.name, a.suspended",
            now,
            _MOST_AT_ONCE,
        )
        if not found:
            return None
        news = [row for row in found if row["read_at"] is None and row["email"] and not row["suspended"]]
        news.sort(key=lambda row: (row["account"], row["event"]))
        letters = [_digest(list(rest)) for _, rest in groupby(news, key=lambda row: row["account"])]
        await post_all(letters, now=now)
        code = f"digest-{local_date(now).isoformat()}"
        await record(room="people", act=Act.SEND_DIGEST, code=code, by=CLOCK, now=now, detail={"mails": len(letters)})
        return Turned(act=Act.SEND_DIGEST, code=code, at=now)


def _digest(news: list[Row]) -> Letter:
    lang = news[0]["lang"]
    subject = words(say("What is new: {count}", count=len(news)), lang)
    lines = [
        line for row in news for line in (words(kept_words(row["words"]), lang), f"{_Site.base_url}{row['url']}", "")
    ]
    return _letter(news[0], subject=subject, lines=lines[:-1])


async def mark_read(*, numbers: Sequence[int], until: int | None, by: User, now: datetime) -> None:
    """Mark some of one's own notifications as read, or all up to a number; others' and read ones stay as they are."""
    async with transaction():
        account = await _account(by)
        await rows(
            "UPDATE notification SET read_at = $4 WHERE account = $1 AND read_at IS NULL"
            " AND (event = ANY ($2::bigint[]) OR event <= $3::bigint)",
            account,
            list(numbers),
            until,
            now,
        )
        await record(room="people", act=Act.MARK_READ, code=by.account, by=by, now=now)


async def set_preferences(*, language: str, mails: Mapping[Topic, MailChoice], by: User, now: datetime) -> None:
    """Keep in which language and how news of each topic comes to oneself by mail; what waits is no longer sent."""
    async with transaction():
        account = await _account(by)
        chosen = {topic: mail for topic, mail in mails.items() if topic not in ALWAYS}
        await rows("UPDATE account SET lang = $2 WHERE id = $1", account, language)
        await rows(
            "INSERT INTO mail_preference (account, topic, mail)"
            " SELECT $1, u.topic, u.mail FROM unnest($2::text[], $3::text[]) AS u(topic, mail)"
            " ON CONFLICT (account, topic) DO UPDATE SET mail = excluded.mail",
            account,
            [str(topic) for topic in chosen],
            [str(mail) for mail in chosen.values()],
        )
        await rows(
            "UPDATE notification SET digest_at = NULL"
            " WHERE account = $1 AND digest_at IS NOT NULL AND topic = ANY ($2)",
            account,
            [str(topic) for topic, mail in chosen.items() if mail is MailChoice.NEVER],
        )
        await record(room="people", act=Act.SET_PREFERENCES, code=by.account, by=by, now=now)


async def _account(by: User) -> int:
    row = await one("SELECT id FROM account WHERE login = $1 FOR UPDATE", by.account)
    if row is None:
        raise NotFound
    return int(row["id"])
