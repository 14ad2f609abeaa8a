"""The deeds done to saved searches: kept and dropped by their owner, looked into every morning by time."""

from datetime import datetime

import msgspec

from catalogs.queries.searches import SavedSearchCard, news_of, saved_search_for
from catalogs.rules.searches import Wanted, next_look, objections_to_search
from catalogs.states import SAVED_SEARCH, Act, SearchState
from catalogs.tables import SavedSearch
from market.base.codes import random_code
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, refuse_if
from market.people.states import CLOCK, User


async def save_search(*, name: str, wanted: Wanted, by: User, now: datetime) -> SavedSearchCard:
    """Keep a search of the directory for oneself. Refused without a name, for everything, or beyond twenty."""
    async with transaction():
        owner = await one("SELECT id FROM account WHERE login = $1 FOR UPDATE", by.account)
        if owner is None:
            raise NotFound
        kept = await one("SELECT count(*) AS n FROM saved_search WHERE account = $1 AND state = 'kept'", owner["id"])
        refuse_if(objections_to_search(name=name, wanted=wanted, kept=kept["n"] if kept else 0))
        code = random_code("SS")
        await SavedSearch.insert(
            SavedSearch(
                code=code,
                account=owner["id"],
                name=name.strip(),
                wanted=msgspec.to_builtins(wanted),
                state=SearchState.KEPT,
                saved_at=now,
                told_until=now,
                tell_at=next_look(now),
            )
        )
        await record(room="catalogs", act=Act.SAVE_SEARCH, code=code, by=by, now=now)
        return await saved_search_for(code=code, user=by)


async def drop_search(*, code: str, by: User, now: datetime) -> SavedSearchCard:
    """Drop one of one's own searches: it is no longer looked into. Others' raise NotFound."""
    async with transaction():
        row = await one(
            "SELECT s.state FROM saved_search s JOIN account a ON a.id = s.account"
            " WHERE s.code = $1 AND a.login = $2 FOR UPDATE OF s",
            code,
            by.account,
        )
        if row is None:
            raise NotFound
        refuse_if(objections_to_state(SAVED_SEARCH, Act.DROP_SEARCH, row["state"]))
        await rows(
            "UPDATE saved_search SET state = $2, tell_at = NULL, dropped_at = $3 WHERE code = $1",
            code,
            SearchState.DROPPED,
            now,
        )
        await record(room="catalogs", act=Act.DROP_SEARCH, code=code, by=by, now=now)
        return await saved_search_for(code=code, user=by)


async def tell_searches(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Look into the searches that are due, each in its own transaction; only what found something is told."""
    done: list[Turned] = []
    while len(done) < limit:
        found, turned = await tell_search(now=now)
        if not found:
            break
        done += [turned] if turned else []
    return done


async def tell_search(*, now: datetime) -> tuple[bool, Turned | None]:
    """Look into the next search that is due: whether there was one, and the telling when something is new.

    Locks its row and passes over those another scheduler holds; it is due again the next morning in any case.
    """
    async with transaction():
        row = await one(
            "SELECT s.id, s.code, s.name, s.wanted, s.told_until, a.login FROM saved_search s"
            " JOIN account a ON a.id = s.account WHERE s.tell_at <= $1"
            " ORDER BY s.tell_at, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED",
            now,
        )
        if row is None:
            return False, None
        wanted = msgspec.convert(row["wanted"], Wanted)
        count, names = await news_of(wanted=wanted, since=row["told_until"], now=now)
        await rows(
            "UPDATE saved_search SET told_until = $2, tell_at = $3 WHERE id = $1", row["id"], now, next_look(now)
        )
        if not count:
            return True, None
        detail = {"account": row["login"], "name": row["name"], "count": count, "names": names}
        await record(room="catalogs", act=Act.TELL_SEARCH, code=row["code"], by=CLOCK, now=now, detail=detail)
        return True, Turned(act=Act.TELL_SEARCH, code=row["code"], at=now)
