"""What was shown of a file is written: some thousand rows a statement, each compared once more with what stands now."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs.actions.editions import lock_registers
from catalogs.actions.entries import stage_items
from catalogs.agenda.standings import next_turn_at
from catalogs.queries.imports import IDENTITY, OF_PROFILE, day_of, known_organizations, listed, menu_to_be
from catalogs.rules import MenuItemWords, StandingFact, certificate_of
from catalogs.rules.imports import alike, is_corrected, same_standing
from catalogs.rules.shelves import shelve_organization
from catalogs.states import Act, StandingState
from catalogs.states.imports import Fate, ImportKind
from market.base.calendar import local_date
from market.base.codes import codes_for
from market.base.database import Row, rows
from market.base.ledger import record_many
from market.base.refusal import Objection, Refused, say
from market.law.queries import law_on
from market.law.states import Law
from market.people.actions.registering import correct_organizations, register_organizations
from market.people.states import User

_BATCH = 1000
Progress = Callable[[int], None]


class _Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes which run, and when."""

    run: Row
    by: User
    now: datetime

    @property
    def today(self) -> date:
        """Return the day of writing."""
        return local_date(self.now)

    async def note(self, events: Sequence[tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]]) -> None:
        """Record what was written of each record, with the run it came from."""
        told = [(code, public, {"import": self.run["code"], **detail}) for code, public, detail in events]
        await record_many(room="catalogs", act=Act.WRITE_IMPORT, events=told, by=self.by, now=self.now)


async def write_rows(*, run: Row, by: User, now: datetime, progress: Progress) -> None:
    """Write the new and changed rows of a run, in the caller's transaction. Refused when a register changed since."""
    hand = _Hand(run=run, by=by, now=now)
    done = 0
    async for batch in _batches(run):
        await _WRITERS.get(run["kind"], _write_standings)(hand, batch)
        done += len(batch)
        progress(done)


async def _batches(run: Row) -> AsyncIterator[list[Row]]:
    """Yield the rows to be written; a menu's all at once, since they go into the draft together."""
    size = run["new"] + run["changed"] if run["kind"] == ImportKind.MENU else _BATCH
    last = 0
    while found := await rows(
        "SELECT row, code, fate, before, after FROM import_row WHERE run = $1 AND fate IN ('new', 'changed')"
        " AND row > $2 ORDER BY row LIMIT $3",
        run["id"],
        last,
        size,
    ):
        yield found
        last = found[-1]["row"]


def _refuse_changed(changed: Sequence[int]) -> None:
    if changed:
        shown = "、".join(str(row) for row in changed[:10])
        words = say(
            "What is on record has changed since these rows were shown: {rows}. Check the file again.", rows=shown
        )
        raise Refused([Objection("", words)])


async def _write_organizations(hand: _Hand, batch: Sequence[Row]) -> None:
    known = await known_organizations(row["code"] for row in batch)
    _refuse_changed([row["row"] for row in batch if not _stands(row, known.get(row["code"]))])
    new = [{**row["after"], "code": row["code"]} for row in batch if row["fate"] == Fate.NEW]
    old = {row["code"]: row for row in batch if row["fate"] == Fate.CHANGED}
    ids = await register_organizations(said=new, now=hand.now)
    _refuse_changed([row["row"] for row in batch if row["fate"] == Fate.NEW and row["code"] not in ids])
    await _open_profiles([{**said, "organization": ids[said["code"]]} for said in new], hand.now)
    await correct_organizations(
        said={code: {f: v for f, v in row["after"].items() if f in IDENTITY} for code, row in old.items()}
    )
    await _correct_profiles({code: {**known[code], **row["after"]} for code, row in old.items()}, hand.now)
    await _keep_history(old.values(), hand)
    names = ("name", "kind", "district")
    await hand.note(
        [
            *((s["code"], {"code": s["code"], **{n: s.get(n, "") for n in names}}, {"after": s}) for s in new),
            *((code, None, {"before": row["before"], "after": row["after"]}) for code, row in old.items()),
        ]
    )


def _stands(row: Row, known: Mapping[str, Any] | None) -> bool:
    """Tell whether an organization is still what it was when its row was shown."""
    if row["fate"] == Fate.NEW:
        return known is None
    return known is not None and all(alike(known[field], value) for field, value in row["before"].items())


def _profile_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile's columns as `_value` reads them, a list as one text: seventy terms a row are cut there."""
    shelved = shelve_organization(
        code=said["code"],
        name=said["name"],
        name_en=said.get("name_en") or "",
        kind=said["kind"],
        business_scope=said.get("business_scope") or "",
        service_areas=said.get("service_areas") or "",
        categories=said.get("categories") or (),
    )
    whole = {**said, **msgspec.structs.asdict(shelved)}
    return whole | {name: _BETWEEN.join(whole.get(name) or ()) for name in _LISTS}


_NAMES = ("terms", "marks", "sort_key", *OF_PROFILE)
_BETWEEN = "\x1f"  # stands in no term, no mark and no code
_LISTS = frozenset({"terms", "marks", "categories"})
_TYPES = {"registered_capital": "numeric", "full_time_staff": "int", "social_workers": "int", "volunteers": "int"}


def _value(name: str) -> str:
    if name in _LISTS:
        return f"string_to_array(u.v->>'{name}', chr({ord(_BETWEEN)}))"
    if name in _TYPES:
        return f"(u.v->>'{name}')::{_TYPES[name]}"
    return f"coalesce(u.v->>'{name}', '')"


async def _open_profiles(said: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Open the profiles of new organizations, each with what its kind tells of its certificate."""
    await rows(
        f"INSERT INTO profile (organization, changed_at, public_class, fiscally_funded, legal_person,"  # noqa: S608  our own words
        f" {', '.join(_NAMES)}) SELECT (u.v->>'organization')::bigint, $2, u.v->>'public_class',"
        f" (u.v->>'fiscally_funded')::bool, (u.v->>'legal_person')::bool, {', '.join(map(_value, _NAMES))}"
        " FROM unnest($1::jsonb[]) AS u(v)",
        [_profile_of(one) | msgspec.structs.asdict(certificate_of(one["kind"])) for one in said],
        now,
    )


async def _correct_profiles(said: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
    """Write profiles anew as they are to be, by code."""
    await rows(
        f"UPDATE profile p SET revision = p.revision + 1, changed_at = $2,"  # noqa: S608  our own words
        f" {', '.join(f'{name} = {_value(name)}' for name in _NAMES)}"
        " FROM unnest($1::jsonb[]) AS u(v) JOIN organization o ON o.code = u.v->>'code' WHERE p.organization = o.id",
        [_profile_of({**one, "code": code}) for code, one in said.items()],
        now,
    )


async def _keep_history(changed: Any, hand: _Hand) -> None:
    """Keep what each profile said before and after, as its own organization's changes are kept."""
    lines = [
        (row["code"], field, _told(row["before"][field]), _told(value))
        for row in changed
        for field, value in row["after"].items()
    ]
    await rows(
        "INSERT INTO profile_change (organization, revision, field, before, after, changed_at, changed_by, hub)"
        " SELECT o.id, p.revision, u.field, u.before, u.after, $5, $6, ''"
        " FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS u(code, field, before, after)"
        " JOIN organization o ON o.code = u.code JOIN profile p ON p.organization = o.id WHERE u.before <> u.after",
        *([line[at] for line in lines] for at in range(4)),
        hand.now,
        hand.by.account,
    )


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value)


async def _write_standings(hand: _Hand, batch: Sequence[Row]) -> None:
    known = await listed((row["code"] for row in batch), kind=hand.run["kind"])
    _refuse_changed([row["row"] for row in batch if _of_record(row, known) != row["before"]])
    lifts: list[tuple[str, str, str]] = []
    said: list[dict[str, Any]] = []
    for row in batch:
        before, after = row["before"], {**row["after"], "organization": row["code"]}
        if before is None:
            said.append(after)
        elif is_corrected(before, after):
            # What the list leaves empty stays as it was recorded.
            kept = {name: after[name] or before[name] for name in ("value", "until_on", "authority")}
            lifts.append((before["standing"], hand.today.isoformat(), after["document"]))
            said.append({**after, **kept, "reason": before["reason"]})
        else:
            lifts.append((before["standing"], after["left_on"], after["left_document"]))
    await _lift(lifts)
    codes = await codes_for("ST", hand.now, count=len(said))
    await _record(dict(zip(codes, said, strict=True)), hand)
    lifted: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
        (code, {"lifted_on": day, "document": document}, {}) for code, day, document in lifts
    ]
    await hand.note([*lifted, *((code, one, {}) for code, one in zip(codes, said, strict=True))])


def _of_record(row: Row, known: Mapping[str, Any]) -> dict[str, Any] | None:
    organization = known.get(row["code"])
    return same_standing(row["after"], organization.standings) if organization else {}


async def _lift(lifts: Sequence[tuple[str, str, str]]) -> None:
    await rows(
        "UPDATE standing s SET state = $4, lifted_on = u.day, lifted_document = u.document, next_turn_at = NULL"
        " FROM unnest($1::text[], $2::date[], $3::text[]) AS u(code, day, document) WHERE s.code = u.code",
        [code for code, _, _ in lifts],
        [day_of(day) for _, day, _ in lifts],
        [document for _, _, document in lifts],
        str(StandingState.LIFTED),
    )


def _with_its_end(code: str, said: Mapping[str, Any], *, law: Law) -> dict[str, Any]:
    names = {"kind": said["kind"], "from_on": said["from_on"], "until_on": said["until_on"]}
    fact = msgspec.convert({**names, "lifted_on": said["left_on"]}, StandingFact)
    return {**said, "code": code, "next_turn_at": next_turn_at(fact, law=law)}


async def _record(said: Mapping[str, Mapping[str, Any]], hand: _Hand) -> None:
    law = await law_on(day=hand.today)
    await rows(
        "INSERT INTO standing (code, organization, kind, value, from_on, until_on, document, authority, reason, state,"
        " lifted_on, lifted_document, recorded_at, recorded_by, next_turn_at)"
        " SELECT u.v->>'code', o.id, u.v->>'kind', u.v->>'value', (u.v->>'from_on')::date, (u.v->>'until_on')::date,"
        " u.v->>'document', u.v->>'authority', coalesce(u.v->>'reason', ''),"
        " CASE WHEN u.v->>'left_on' IS NULL THEN $2 ELSE $3 END, (u.v->>'left_on')::date,"
        " u.v->>'left_document', $4, $5, (u.v->>'next_turn_at')::timestamptz"
        " FROM unnest($1::jsonb[]) AS u(v) JOIN organization o ON o.code = u.v->>'organization'",
        [msgspec.to_builtins(_with_its_end(code, one, law=law)) for code, one in said.items()],
        str(StandingState.RECORDED),
        str(StandingState.LIFTED),
        hand.now,
        hand.by.account,
    )


async def _write_menu(hand: _Hand, batch: Sequence[Row]) -> None:
    """Put the services into the menu's draft, where they wait for publication like any other change."""
    await lock_registers()
    menu = await menu_to_be()
    changed = []
    items: list[tuple[str | None, MenuItemWords]] = []
    for row in batch:
        old = menu.known.get(row["code"], {})
        after = row["after"]
        if row["fate"] == Fate.NEW:
            stands = after["name_zh"] not in menu.by_name
        else:
            stands = bool(old) and all(alike(old[field], value) for field, value in row["before"].items())
        if not stands:
            changed.append(row["row"])
        names = MenuItemWords.__struct_fields__
        said = {name: value for name, value in {**old, **after}.items() if name in names}
        items.append((row["code"] or None, msgspec.convert(said, MenuItemWords, strict=False)))
    _refuse_changed(changed)
    done = await stage_items(items=items, by=hand.by, now=hand.now)
    new = [row["row"] for row in batch if row["fate"] == Fate.NEW]
    await rows(
        "UPDATE import_row i SET code = u.code FROM unnest($2::int[], $3::text[]) AS u(row, code)"
        " WHERE i.run = $1 AND i.row = u.row",
        hand.run["id"],
        new,
        done["added"],
    )


_WRITERS: Mapping[str, Callable[[_Hand, Sequence[Row]], Awaitable[None]]] = {
    ImportKind.ORGANIZATIONS: _write_organizations,
    ImportKind.MENU: _write_menu,
}
