"""Until the town holds every room: a town with registers, budget lines and tenders in every stage."""

from typing import Any

import pytest

from market.base import clock
from market.base.embedded import Access
from market.seed import BEGINS, catalogs, needs, people, tendering
from tests import conftest as top
from tests.town import SECRET


@pytest.fixture(scope="session")
def town_template(server: Access, house: Any) -> str:
    async def build() -> None:
        await top._build_schema()
        await people.build(secret_key=SECRET)
        await catalogs.build_registers()
        await catalogs.build()
        await needs.build_lines()
        await needs.build()
        await tendering.build()
        await clock.set_to(BEGINS)

    return top._built_once(server, "template_tendering", build)
