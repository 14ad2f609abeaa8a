"""What becomes of a row of a file: pure judgement of what it says against what the registers say today.

A row is new, changed, unchanged, about an organization that is not in the directory, or left out with every reason.
What a file leaves empty stays as it is.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec

from catalogs.rules.entries import MenuItemWords, objections_to_menu_item
from catalogs.rules.organizations import StandingFact, objections_to_standing
from catalogs.rules.sheets import KIND_TITLES
from catalogs.states.imports import STANDINGS_OF, Fate, ImportKind
from catalogs.states.organizations import StandingState
from market.base.refusal import Objection, Said, say
from market.base.sheets.reading import Line
from market.people.codes import kinds_of_code, objections_to_code, objections_to_kind, warnings_about_code
from market.people.states import Role

_FACTS = ("value", "until_on", "document", "authority")


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A row's fate: `code` of what it is about, what is said there `before` and what `after`, faults and warnings."""

    row: int
    code: str
    fate: Fate
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    faults: list[Objection] = []
    warnings: list[Said] = []


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An organization as the directory knows it: its name, and each standing as `standing_facts` returns it."""

    name: str
    standings: list[dict[str, Any]] = []


def objections_to_list(*, kind: str, roles: Collection[str]) -> list[Objection]:
    """Object when the menu or the directory's organizations are taken in by somebody who does not keep them."""
    if kind in STANDINGS_OF or Role.CATALOGUE_KEEPER in roles:
        return []
    return [Objection("kind", say("This list is taken in by the catalogue keeper only."), "N-9")]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are kept and compared: days and amounts as text."""
    kept: dict[str, Any] = msgspec.to_builtins(dict(values))
    return kept


def keys_of(*, kind: str, line: Line, code: str) -> list[tuple[Any, ...]]:
    """Return what may stand in a file once: an organization, a service and its name, a standing from its day.

    `code` is of what the row was found to be about: a service may be named by its code and by its name.
    """
    values = line.values
    if kind == ImportKind.MENU:
        told = {"code": code, "name": values.get("name_zh")}
        return [(field, value) for field, value in told.items() if value]
    if kind == ImportKind.ORGANIZATIONS:
        return [(values.get("code"),)]
    return [(values.get("code"), values.get("kind"), values.get("from_on"))]


def twice(*, first: int) -> Objection:
    """Object to a row that says again what an earlier one said."""
    return Objection("code", say("Row {row} says this already; only that one counts.", row=first))


def judge_organization(*, line: Line, known: Mapping[str, Mapping[str, Any]]) -> Judged:
    """Judge a row of the directory's list; `known` are the organizations' fields by code.

    Refused for a code whose last check digit is wrong, a kind that the code contradicts, or another kind than the one
    registered. A wrong inner check digit is a warning. Law: GB 32100-2015; being listed entitles nobody (D-01).
    """
    code = line.values.get("code") or ""
    faults = list(line.faults)
    if code:
        faults += objections_to_code(code)
    given = {name: value for name, value in plain(line.values).items() if value is not None and name != "code"}
    old = known.get(code)
    kind = given.get("kind") or (old["kind"] if old else _kind_of(code))
    if not faults and kind is None:
        faults.append(Objection("kind", say("Say which kind of organization this is; its code does not tell.")))
    elif not faults and kind is not None:
        faults += objections_to_kind(code=code, kind=kind)
    if old is not None and kind is not None and kind != old["kind"]:
        faults.append(
            Objection("kind", say("The organization is registered as another kind; that is not changed here."))
        )
    if faults:
        return Judged(row=line.row, code=code, fate=Fate.REFUSED, after=given, faults=faults)
    warnings = warnings_about_code(code)
    if old is None:
        after = {**given, "kind": kind}
        return Judged(row=line.row, code=code, fate=Fate.NEW, after=after, warnings=warnings)
    after = {name: value for name, value in given.items() if not alike(value, old[name])}
    before = {name: old[name] for name in after}
    if not after:
        return Judged(row=line.row, code=code, fate=Fate.UNCHANGED, warnings=warnings)
    return Judged(row=line.row, code=code, fate=Fate.CHANGED, before=before, after=after, warnings=warnings)


def alike(said: Any, kept: Any) -> bool:
    """Tell whether two values say the same; blanks and ends of lines say nothing."""
    if isinstance(said, str) and isinstance(kept, str):
        return said.split() == kept.split()
    return bool(said == kept)


def _kind_of(code: str) -> str | None:
    """Return the kind that a code's first two characters tell, when they allow but one that a file may name."""
    allowed = [kind for kind in kinds_of_code(code) if kind in KIND_TITLES]
    return allowed[0] if len(allowed) == 1 else None


def judge_standing(*, kind: str, line: Line, known: Mapping[str, Listed], today: date) -> Judged:
    """Judge a row of an authority's list against the standings on record; `known` are the organizations by code.

    The same standing is one of the same kind from the same day. Law: 上海市社会信用条例 第三十二条 (X-7).
    """
    values = line.values
    code = values.get("code") or ""
    faults = [*line.faults, *(objections_to_code(code) if code else [])]
    if faults:
        return Judged(row=line.row, code=code, fate=Fate.REFUSED, after=_said(values), faults=faults)
    organization = known.get(code)
    warnings = warnings_about_code(code)
    if organization is None:
        return Judged(row=line.row, code=code, fate=Fate.UNMATCHED, after=_said(values), warnings=warnings)
    if values.get("name") and values["name"] != organization.name:
        warnings.append(say("The directory knows this code as “{name}”.", name=organization.name))
    fact = StandingFact(
        kind=values.get("kind") or STANDINGS_OF[kind][0],
        from_on=values["from_on"],
        until_on=values.get("until_on"),
        document=values["document"],
        value=values.get("value") or "",
        authority=values.get("authority") or "",
    )
    left = values.get("left_on")
    faults += objections_to_standing(standing=fact, today=today)
    if left is not None and not fact.from_on <= left <= today:
        faults.append(Objection("left_on", say("Who leaves a list does so after entering it and not in the future.")))
    after = plain(
        {
            "kind": fact.kind,
            "from_on": fact.from_on,
            "value": fact.value,
            "until_on": fact.until_on,
            "document": fact.document,
            "authority": fact.authority,
            "left_on": left,
            "left_document": (values.get("left_document") or fact.document) if left else "",
        }
    )
    if faults:
        return Judged(row=line.row, code=code, fate=Fate.REFUSED, after=after, faults=faults)
    old = same_standing(after, organization.standings)
    if old is None:
        return Judged(row=line.row, code=code, fate=Fate.NEW, after=after, warnings=warnings)
    return _against(old, Judged(row=line.row, code=code, fate=Fate.CHANGED, before=old, after=after, warnings=warnings))


def same_standing(said: Mapping[str, Any], standings: Collection[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the standing on record that a row is about: the one that still counts before one that was lifted."""
    same = [one for one in standings if (one["kind"], one["from_on"]) == (said["kind"], said["from_on"])]
    return next((one for one in same if one["state"] == StandingState.RECORDED), same[0] if same else None)


def is_corrected(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a list says of a standing something else than is on record; what it leaves empty is not said."""
    return any(after[name] and not alike(after[name], before[name]) for name in _FACTS)


def _against(old: dict[str, Any], row: Judged) -> Judged:
    assert row.after is not None  # noqa: S101  made by the caller
    corrected = is_corrected(old, row.after)
    if old["state"] != StandingState.LIFTED:
        if corrected or row.after["left_on"]:
            return row
        return msgspec.structs.replace(row, fate=Fate.UNCHANGED, before=None, after=None)
    warnings = list(row.warnings)
    if not row.after["left_on"] or corrected:
        warnings.append(
            say(
                "This standing was lifted on {day}; the list says otherwise. Look at it by hand.",
                day=date.fromisoformat(old["left_on"]),
            )
        )
    return msgspec.structs.replace(row, fate=Fate.UNCHANGED, before=None, after=None, warnings=warnings)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain(values).items() if value is not None and name != "code"}


def judge_menu_item(
    *,
    line: Line,
    known: Mapping[str, Mapping[str, Any]],
    by_name: Mapping[str, str],
    items: Collection[str],
    categories: Collection[str],
) -> Judged:
    """Judge a row of the menu against the draft edition, else the one in force; `known` are its services by code.

    A row without code is about the service of its name, and is new when there is none. Law: N-9, N-12.
    """
    values = line.values
    faults = list(line.faults)
    name = values.get("name_zh") or ""
    code = values.get("code") or by_name.get(name, "")
    given = {field: value for field, value in plain(values).items() if value is not None and field != "code"}
    old = known.get(code)
    if values.get("code") and old is None:
        faults.append(Objection("code", say("The menu has no service of this code; leave it empty for a new one.")))
    if not faults:
        names = {other for other, whose in by_name.items() if whose != code}
        before = dict(old) if old else {}
        said = msgspec.convert({**before, **given}, MenuItemWords, strict=False)
        faults += objections_to_menu_item(menu_item=said, items=items, categories=categories, names=names)
    if faults:
        return Judged(row=line.row, code=code, fate=Fate.REFUSED, after=given, faults=faults)
    if old is None:
        return Judged(row=line.row, code="", fate=Fate.NEW, after=given)
    after = {field: value for field, value in given.items() if not alike(value, old[field])}
    if not after:
        return Judged(row=line.row, code=code, fate=Fate.UNCHANGED)
    return Judged(
        row=line.row, code=code, fate=Fate.CHANGED, before={field: old[field] for field in after}, after=after
    )
