"""Many organizations at once, as a file of the directory names them; the caller has judged each and records the act."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from market.base.database import rows

_FIELDS = ("name", "name_en", "kind", "district", "street_code", "established_on")


async def register_organizations(*, said: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, int]:
    """Take in organizations, each with its code and what is said of it; return their ids by code.

    A code that is taken already is passed over, and missing in the answer: the caller refuses then.
    """
    found = await rows(
        "INSERT INTO organization (code, name, name_en, kind, district, street_code, established_on, registered_at)"
        " SELECT u.*, $8 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
        " $7::date[]) AS u ON CONFLICT (code) DO NOTHING RETURNING id, code",
        [one["code"] for one in said],
        [one["name"] for one in said],
        *([one.get(field) or "" for one in said] for field in ("name_en", "kind", "district", "street_code")),
        [_day(one.get("established_on")) for one in said],
        now,
    )
    return {row["code"]: row["id"] for row in found}


async def correct_organizations(*, said: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what is said anew of organizations' names and places, by code; what is not said stays."""
    for field in _FIELDS:
        codes = [code for code, values in said.items() if field in values]
        if not codes:
            continue
        values = [said[code][field] for code in codes]
        kind = "date" if field == "established_on" else "text"
        await rows(
            f"UPDATE organization o SET {field} = u.value FROM unnest($1::text[], $2::{kind}[]) AS u(code, value)"  # noqa: S608  our own words
            " WHERE o.code = u.code",
            codes,
            [_day(value) for value in values] if kind == "date" else values,
        )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
