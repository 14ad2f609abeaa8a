"""Judgement of editions: what changed between two, and whether a draft may be published for a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from catalogs.rules.entries import Indicator
from market.base.refusal import Objection, say

FARTHEST = timedelta(days=366)
"""How far ahead an edition may be published: beyond a year nobody can plan with it."""


class EntryWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition says of an entry, of whichever register."""

    name_zh: str
    name_en: str = ""
    parent: str | None = None
    level: int = 0
    unit_zh: str = ""
    unit_en: str = ""
    item: str | None = None
    category: str | None = None
    price_from: Decimal | None = None
    price_until: Decimal | None = None
    standard: str = ""
    indicators: tuple[Indicator, ...] = ()
    staff: str = ""
    evidence: str = ""
    state: str = "in-use"


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an entry before and after."""

    field: str
    before: Any
    after: Any


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """What one edition changes against another, by code; `retired` tells what is taken out of use."""

    added: Mapping[str, EntryWords]
    changed: Mapping[str, tuple[FieldChange, ...]]
    retired: Mapping[str, EntryWords]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not (self.added or self.changed or self.retired)


def diff_of(old: Mapping[str, EntryWords], new: Mapping[str, EntryWords]) -> Diff:
    """Return what leads from one edition to another; an entry is never lost, it is retired.

    What comes and goes within one draft is no change. Raises ValueError when an entry of the old one is missing.
    """
    if missing := [code for code in old if code not in new]:
        raise ValueError(f"an edition lost entries: {missing}")
    added = {code: words for code, words in new.items() if code not in old and words.state != "retired"}
    changed, retired = {}, {}
    for code, before in old.items():
        after = new[code]
        if after.state == "retired" and before.state != "retired":
            retired[code] = after
        elif fields := _changes(before, after):
            changed[code] = fields
    return Diff(added=added, changed=changed, retired=retired)


def _changes(before: EntryWords, after: EntryWords) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, before=getattr(before, name), after=getattr(after, name))
        for name in EntryWords.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    )


def applied(diff: Diff, *, to: Mapping[str, EntryWords]) -> dict[str, EntryWords]:
    """Return the edition that a diff makes of another."""
    made = {**to, **diff.added, **diff.retired}
    for code, fields in diff.changed.items():
        made[code] = msgspec.structs.replace(to[code], **{each.field: each.after for each in fields})
    return made


def objections_to_publication(
    *, diff: Diff, in_force_from: date, grounds: str, after: date | None, today: date
) -> list[Objection]:
    """Object to publishing a draft that changes nothing, without grounds, for a day gone or too far or out of order.

    `after` is the day of the edition that is published and waits, None when none does. Law: 政府购买服务管理办法
    第十二条至第十四条 in Shanghai 沪财发〔2021〕3号 (N-9): the catalogue is published.
    """
    objections: list[Objection] = []
    if diff.is_empty:
        objections.append(Objection("", say("This draft changes nothing.")))
    if not grounds.strip():
        objections.append(Objection("grounds", say("Say what the edition rests on."), "N-9"))
    if in_force_from < today:
        objections.append(Objection("in_force_from", say("An edition holds from today on or later."), "N-9"))
    elif in_force_from > today + FARTHEST:
        objections.append(Objection("in_force_from", say("An edition is published at most a year ahead.")))
    elif after is not None and in_force_from <= after:
        words = say("The edition before it holds only from {day} on.", day=after)
        objections.append(Objection("in_force_from", words, "N-9"))
    return objections


def objections_to_withdrawal(
    *, reason: str, in_force_from: date | None, rests_on_it: str, today: date
) -> list[Objection]:
    """Object to withdrawing an edition without a reason, from its day on, or under a later one that was copied from it.

    `rests_on_it` is the code of such an edition, "" when there is none; a draft has no day yet.
    Law: 政府购买服务管理办法 第十二条至第十四条 (N-9): what was published is taken back as openly.
    """
    objections: list[Objection] = []
    if not reason.strip():
        objections.append(Objection("reason", say("Say why the edition is withdrawn."), "N-9"))
    if in_force_from is not None and in_force_from <= today:
        objections.append(Objection("", say("Its day has come; what is wrong is mended by the next edition."), "N-9"))
    if rests_on_it:
        words = say("A later edition was begun from this one: {edition}. End that one first.", edition=rests_on_it)
        objections.append(Objection("", words))
    return objections
