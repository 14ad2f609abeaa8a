"""Who read what few may: noted by the rooms that show it, once a day for each reader and record, never changed.

Law: 个人信息保护法 第三十四条 (R-7): a State organ handles such data as far as its duty needs, and can tell so.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from market.base.calendar import local_date
from market.base.database import rows
from market.base.refusal import Said, say
from market.people.states import User


class Sensitive(StrEnum):
    """What few may read."""

    #: A bid in clear while it is still sealed, by its own organization.
    SEALED_BID = "sealed-bid"
    #: A file of an opened bid, by a member of the panel.
    BID_FILE = "bid-file"
    #: What residents and others wrote in a survey.
    SURVEY_WORDS = "survey-words"
    #: Where an organization is paid, by somebody who does not serve it.
    BANK_ACCOUNT = "bank-account"


SENSITIVE_WORDS: Mapping[Sensitive, Said] = {
    Sensitive.SEALED_BID: say("Own sealed bid in clear"),
    Sensitive.BID_FILE: say("File of an opened bid"),
    Sensitive.SURVEY_WORDS: say("Words of a survey"),
    Sensitive.BANK_ACCOUNT: say("Bank account on an invoice"),
}
_REVEALED_BY = {"sealed-bid": "tendering:open-bids", "bid-file": "tendering:confirm-award"}
_COLLECTIONS = {
    Sensitive.SEALED_BID: "tenders",
    Sensitive.BID_FILE: "tenders",
    Sensitive.SURVEY_WORDS: "evaluations",
    Sensitive.BANK_ACCOUNT: "invoices",
}


class SensitiveReadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One reading: who, for whom, of what, and the first moment of that day."""

    name: str
    organization: str
    organization_name: str
    kind: Sensitive
    code: str
    url: str
    on_day: date
    read_at: datetime


async def note_read(*, kind: Sensitive, code: str, by: User, now: datetime) -> None:
    """Note that somebody read something of a record; the second time on a day adds nothing."""
    await rows(
        "INSERT INTO sensitive_read (account, name, organization, kind, code, on_day, read_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account, kind, code, on_day) DO NOTHING",
        by.account,
        by.name,
        by.organization or "",
        str(kind),
        code,
        local_date(now),
        now,
    )


async def sensitive_reads(*, limit: int) -> list[SensitiveReadLine]:
    """Return the last readings, the newest first; callers show them to auditors alone.

    What would tell a secret waits for its end: who bids until the opening, who sits on a panel until the award.
    """
    found = await rows(
        "SELECT r.name, r.organization, coalesce(o.name, '') AS organization_name, r.kind, r.code, r.on_day, r.read_at"
        " FROM sensitive_read r LEFT JOIN organization o ON o.code = r.organization"
        " WHERE NOT $2::jsonb ? r.kind OR EXISTS (SELECT 1 FROM ledger_event e WHERE e.code = r.code"
        " AND e.tag = $2::jsonb ->> r.kind) ORDER BY r.id DESC LIMIT $1",
        limit,
        _REVEALED_BY,
    )
    made = [{**row, "url": f"/{_COLLECTIONS[Sensitive(row['kind'])]}/{row['code']}"} for row in found]
    return msgspec.convert(made, list[SensitiveReadLine])
