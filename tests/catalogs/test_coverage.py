"""N-7 and N-8 (沪财发〔2021〕3号 第十五条、第十六条): what the guiding catalogue in force covers."""

import pytest

from catalogs.queries.coverage import coverage_for
from catalogs.rules.coverage import coverage_of
from market.base.database import rows
from tests.town import Town

GUIDING = {"A0401": ("LIFE",), "A0502": ("CULTURE", "LIFE"), "B0101": ()}


@pytest.mark.parametrize(
    ("categories", "entries", "rule"),
    [
        (["LIFE"], ("A0401", "A0502"), "N-7"),
        (["CULTURE"], ("A0502",), "N-7"),
        (["CHARITY"], (), "N-8"),
        ([], (), "N-8"),
    ],
)
def test_what_covers_a_service(categories: list[str], entries: tuple[str, ...], rule: str) -> None:
    found = coverage_of(categories=categories, guiding=GUIDING)
    assert (found.entries, found.rule, found.is_covered) == (entries, rule, rule == "N-7")


async def test_an_item_is_covered_until_its_entries_are_retired(town: Town) -> None:
    await town.now()
    assert (await coverage_for(item="C05010400")).rule == "N-7"
    assert (await coverage_for(item="C05010400", category="CULTURE")).rule == "N-8"
    assert (await coverage_for(item="A99999999")).rule == "N-8"
    await rows("UPDATE entry SET state = 'retired' WHERE register = 'guiding'")
    assert (await coverage_for(item="C05010400")).rule == "N-8"
