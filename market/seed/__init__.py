"""The demo town: the same people and purchases in the demo, the tests, the screenshots and the docs.

Everything is built through the acts of its people, with the moments of its own history passed in, and ends at one
fixed moment. The caller has furnished the house and opened the pool.
"""

from datetime import UTC, datetime

from market.base import clock
from market.seed import (
    budgets,
    catalogs,
    changes,
    clarifications,
    contracts,
    directory,
    disputes,
    evaluations,
    examples,
    imports,
    needs,
    official,
    oversight,
    payments,
    people,
    suggestions,
    tendering,
)
from market.settings import Settings

BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


async def build_town(*, settings: Settings) -> None:
    """Build the town into an empty database and set its clock to Monday 2 March 2026, nine o'clock in Shanghai."""
    await catalogs.build_registers()
    await people.build(secret_key=settings.secret_key)
    await people.make_keys()
    await catalogs.build()
    await directory.build()
    await needs.build_lines()
    await budgets.build()
    await contracts.build()
    await tendering.build()
    await disputes.build()
    await needs.build()
    await suggestions.build()
    await evaluations.build()
    await changes.build()
    await payments.catch_up(now=BEGINS)
    await official.build()
    await oversight.build()
    await imports.build()
    await clarifications.build()
    await people.spare(now=BEGINS, base_url=settings.base_url, word=examples.INVITATION_WORD)
    await catalogs.save_searches(now=BEGINS)
    await people.catch_up(now=BEGINS)
    await clock.set_to(BEGINS)
    await examples.keep(now=BEGINS, by_hand=await examples.by_hand())
