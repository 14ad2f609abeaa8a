"""What tests of contracts begin with."""

import pytest

from tests.contracts.stages import Purchase
from tests.town import Town


@pytest.fixture
async def purchase(town: Town) -> Purchase:
    """An award of the town without a contract."""
    return await Purchase.begin(town)
