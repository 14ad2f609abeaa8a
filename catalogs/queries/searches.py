"""Reads of saved searches: one's own, and what is new in one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from catalogs.queries.directory import new_names
from catalogs.rules.searches import Wanted
from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.people.states import User

PAGE = 50


class SavedSearchCard(Record, frozen=True, kw_only=True):
    """A search that its reader keeps: what it looks for, where it is seen at once, and when it is looked into next."""

    name: str
    wanted: Wanted
    finds: str
    saved_at: datetime
    told_until: datetime
    tell_at: datetime | None


_CARD = (
    "SELECT s.id, s.code, s.name, s.wanted, s.state, s.saved_at, s.told_until, s.tell_at FROM saved_search s"
    " JOIN account a ON a.id = s.account WHERE a.login = $1"
)


def _card(row: Row, user: User) -> SavedSearchCard:
    wanted = msgspec.convert(row["wanted"], Wanted)
    made: dict[str, Any] = {
        **row,
        "wanted": wanted,
        "url": f"/saved-searches/{row['code']}",
        "acts": acts_for(kind="saved-search", code=row["code"], state=row["state"], by=user),
        "finds": f"/organizations?{urlencode(wanted.query())}",
    }
    return msgspec.convert(made, SavedSearchCard)


async def saved_searches_page(*, user: User, after: str | None = None) -> Listing[SavedSearchCard]:
    """Return the reader's own searches that are kept, the latest first, 50 a page."""
    number = int(after) if after and after.isascii() and after.isdigit() and len(after) <= PAGE // 3 else None
    found = await rows(
        f"{_CARD} AND s.state = 'kept' AND ($2::bigint IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT {PAGE + 1}",
        user.account,
        number,
    )
    following = str(found[PAGE - 1]["id"]) if len(found) > PAGE else None
    return Listing(items=[_card(row, user) for row in found[:PAGE]], next=following)


async def saved_search_for(*, code: str, user: User) -> SavedSearchCard:
    """Return one of the reader's own searches. Raises NotFound for others'."""
    row = await one(f"{_CARD} AND s.code = $2", user.account, code)
    if row is None:
        raise NotFound
    return _card(row, user)


async def category_names_in(lang: str) -> dict[str, str]:
    """Return the names of the categories in a language."""
    found = await rows("SELECT code, name_zh, name_en FROM entry WHERE register = 'category'")
    return {row["code"]: (lang == "en" and row["name_en"]) or row["name_zh"] for row in found}


async def news_of(*, wanted: Wanted, since: datetime, now: datetime) -> tuple[int, list[str]]:
    """Return how many answer a search that came or changed since a moment, and the names of the first three."""
    return await new_names(wanted=wanted, on=local_date(now), since=since, until=now)
