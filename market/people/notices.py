"""What somebody was told, and how they want to be told: reads for the list, the bell, the home page and the choices."""

import re
from datetime import datetime

from market.base.database import one, rows
from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.base.wording import words
from market.people.states import NotificationState, User
from market.people.topics import ALWAYS, MailChoice, Topic, default_of, kept_words

PAGE = 50
_NUMBER = r"[0-9]{1,18}"


class NotificationLine(Record, frozen=True, kw_only=True):
    """One thing somebody was told: in their language, about which record (`about`), for which organization."""

    number: int
    topic: Topic
    says: str
    about: str
    organization: str
    organization_name: str
    made_at: datetime
    read_at: datetime | None


class Preferences(Record, frozen=True, kw_only=True):
    """How somebody wants to be told: the language of mails, and for each topic when its mail comes."""

    email: str
    language: str
    mails: dict[Topic, MailChoice]


_LINE = (
    "SELECT n.event, n.topic, n.words, n.url, n.code, n.organization, n.made_at, n.read_at,"
    " coalesce(o.name, '') AS organization_name FROM notification n JOIN account a ON a.id = n.account"
    " LEFT JOIN organization o ON o.code = n.organization WHERE a.login = $1"
)


async def notifications_page(
    *, user: User, lang: str, unread: bool = False, after: str | None = None, limit: int = PAGE
) -> Listing[NotificationLine]:
    """Return what the reader was told, the latest first, 50 a page; only what is not read yet when asked."""
    at, number = _place(after)
    found = await rows(
        f"{_LINE} AND ($2::timestamptz IS NULL OR (n.made_at, n.event) < ($2, $3::bigint))"
        " AND (NOT $4::bool OR n.read_at IS NULL)"
        f" ORDER BY n.made_at DESC, n.event DESC LIMIT {limit + 1}",
        user.account,
        at,
        number,
        unread,
    )
    items = [
        NotificationLine(
            code=f"M-{row['event']}",
            state=NotificationState.UNREAD if row["read_at"] is None else NotificationState.READ,
            url=row["url"],
            number=row["event"],
            topic=Topic(row["topic"]),
            says=words(kept_words(row["words"]), lang),
            about=row["code"],
            organization=row["organization"],
            organization_name=row["organization_name"],
            made_at=row["made_at"],
            read_at=row["read_at"],
        )
        for row in found[:limit]
    ]
    following = f"{items[-1].made_at.isoformat()}.{items[-1].number}" if len(found) > limit else None
    return Listing(items=items, next=following)


def _place(after: str | None) -> tuple[datetime | None, int | None]:
    """Return the moment and number after which a cursor goes on; nothing when it is none."""
    moment, _, number = (after or "").rpartition(".")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(number)) if at.tzinfo and re.fullmatch(_NUMBER, number) else (None, None)
    except ValueError:
        return None, None


async def last_number(*, user: User) -> int:
    """Return the number of the last thing the reader was told, 0 for nothing."""
    row = await one(
        "SELECT max(n.event) AS last FROM notification n JOIN account a ON a.id = n.account WHERE a.login = $1",
        user.account,
    )
    return int(row["last"] or 0) if row else 0


async def latest(*, user: User, lang: str, limit: int) -> list[NotificationLine]:
    """Return the last things the reader was told; nothing for anyone."""
    if not user.account:
        return []
    return (await notifications_page(user=user, lang=lang, limit=limit)).items


async def preferences_for(*, user: User) -> Preferences:
    """Return how the reader is told, with what holds where nothing was chosen. Raises NotFound for anyone."""
    row = await one(
        "SELECT a.email, a.lang, coalesce((SELECT jsonb_object_agg(p.topic, p.mail) FROM mail_preference p"
        " WHERE p.account = a.id), '{}') AS chosen FROM account a WHERE a.login = $1",
        user.account,
    )
    if row is None:
        raise NotFound
    mails = {
        topic: MailChoice.AT_ONCE if topic in ALWAYS else MailChoice(row["chosen"].get(topic, default_of(topic)))
        for topic in Topic
    }
    return Preferences(
        code=user.account,
        state="active",
        url="/notifications/preferences",
        email=row["email"],
        language=row["lang"],
        mails=mails,
    )
