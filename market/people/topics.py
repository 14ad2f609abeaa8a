"""What people are told of: the topics, how each reaches them, and a telling as a plain value.

Rooms declare in `telling.py` who hears of which event: `TELLS = {"tendering:publish-tender": people_to_tell}`, where a
teller takes the event and returns tellings. What a telling says is for its hearers alone, and never a secret of others.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from market.base.calendar import SHANGHAI
from market.base.refusal import Said, say
from market.people.states import Role

DIGEST_HOUR = 8
LONGEST_SENTENCE = 180


class Topic(StrEnum):
    """A kind of news that is chosen or left together."""

    ACCOUNT = "account"
    NEEDS = "needs"
    NOTICES = "notices"
    QUESTIONS = "questions"
    BIDS = "bids"
    PANEL = "panel"
    CONTRACTS = "contracts"
    DELIVERIES = "deliveries"
    MONEY = "money"
    EVALUATIONS = "evaluations"
    OVERSIGHT = "oversight"
    DIRECTORY = "directory"


TOPIC_WORDS: dict[Topic, Said] = {
    Topic.ACCOUNT: say("My account and roles"),
    Topic.NEEDS: say("Needs and budgets"),
    Topic.NOTICES: say("New notices and their end"),
    Topic.QUESTIONS: say("Questions and answers on notices"),
    Topic.BIDS: say("Opening, quotes and results of bids"),
    Topic.PANEL: say("Review panels"),
    Topic.CONTRACTS: say("Contracts"),
    Topic.DELIVERIES: say("Deliveries and acceptance"),
    Topic.MONEY: say("Invoices and payments"),
    Topic.EVALUATIONS: say("Evaluations"),
    Topic.OVERSIGHT: say("Audit findings"),
    Topic.DIRECTORY: say("Directory and standing"),
}


class MailChoice(StrEnum):
    """How news of a topic comes by mail, besides standing in the application."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    NEVER = "never"


MAIL_WORDS: dict[MailChoice, Said] = {
    MailChoice.AT_ONCE: say("At once"),
    MailChoice.DAILY: say("Once a day, at eight in the morning"),
    MailChoice.NEVER: say("Not by mail"),
}


class Language(StrEnum):
    """In which language mails are written."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


LANGUAGE_WORDS: dict[Language, Said] = {Language.CHINESE: say("Chinese"), Language.ENGLISH: say("English")}

ALWAYS = frozenset({Topic.ACCOUNT})
"""Topics whose mail nobody can stop: what happens to one's own key."""

_DAILY = frozenset({Topic.NEEDS, Topic.NOTICES, Topic.DELIVERIES, Topic.DIRECTORY})


def default_of(topic: Topic) -> MailChoice:
    """Return how a topic's mail comes to whoever chose nothing."""
    return MailChoice.DAILY if topic in _DAILY else MailChoice.AT_ONCE


class Whom(msgspec.Struct, frozen=True, kw_only=True):
    """Hearers: one account, or who holds a role, of one organization or ("") everywhere; a role of "" is any."""

    organization: str = ""
    role: str = ""
    account: str = ""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence for its hearers, and where it leads."""

    topic: Topic
    says: Said
    url: str
    to: tuple[Whom, ...]


Teller = Callable[[Any], Awaitable[list[Telling]]]
Tells = Mapping[str, Teller]


def serving(organizations: str | Iterable[str], *roles: Role) -> tuple[Whom, ...]:
    """Return those who hold one of these roles for one or more organizations; anybody there without a role."""
    several = (organizations,) if isinstance(organizations, str) else organizations
    wanted = [str(role) for role in roles] or [""]
    return tuple(Whom(organization=code, role=role) for code in several if code for role in wanted)


def holding(*roles: Role) -> tuple[Whom, ...]:
    """Return those who hold one of these roles anywhere."""
    return tuple(Whom(role=str(role)) for role in roles)


def named(*accounts: str | None) -> tuple[Whom, ...]:
    """Return these persons; whoever is not known is nobody."""
    return tuple(Whom(account=account) for account in accounts if account)


def next_digest(now: datetime) -> datetime:
    """Return the next eight o'clock in Shanghai after a moment."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), time(DIGEST_HOUR), tzinfo=SHANGHAI)
    return today if local < today else today + timedelta(days=1)


def keep_words(said: Said) -> dict[str, Any]:
    """Return words as they are kept in the database, each value with its kind, to be said later in any language."""
    return {"msgid": said.msgid, "values": {name: _keep(value) for name, value in said.values.items()}}


def _keep(value: Any) -> Any:
    if isinstance(value, Said):
        return {"said": keep_words(value)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, (list, tuple)):
        return {"list": [_keep(one) for one in value]}
    return value if isinstance(value, (int, float)) else str(value)


def kept_words(kept: Mapping[str, Any]) -> Said:
    """Return what was kept as words."""
    return Said(kept["msgid"], {name: _again(value) for name, value in kept["values"].items()})


_KINDS: dict[str, Callable[[Any], Any]] = {
    "said": kept_words,
    "decimal": Decimal,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "list": lambda kept: [_again(one) for one in kept],
}


def _again(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, inner),) = value.items()
        return _KINDS[kind](inner)
    return value
