"""By which law a contract is judged: that of the day it was signed and published; its award by that of the notice."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from market.base.calendar import add_days, local_date
from market.law.queries import law_on
from market.law.states import Law
from market.tendering.queries import law_of_notice


async def law_of_contract(*, row: Mapping[str, Any], now: datetime) -> Law:
    """Return the law of the day on which a contract came into force and was published, of today before that."""
    return await law_on(day=local_date(row["signed_at"] or now), street=row["street"])


async def sign_by(*, row: Mapping[str, Any]) -> date:
    """Return the last day for signing a draft (L-11), by its notice's law; by the award day's if bought outside."""
    if row["tender"]:
        law = await law_of_notice(tender=row["tender"])
    else:
        law = await law_on(day=row["award_sent_on"], street=row["street"])
    return add_days(row["award_sent_on"], int(law.number("L-11")))
