"""The public page of an organization: grades over time, its QR code, districts, hub and members."""

import re
from datetime import timedelta
from decimal import Decimal

import segno

from catalogs.actions import record_track
from catalogs.queries.profiles import surroundings_of
from market.base.calendar import local_date
from market.base.database import rows, transaction
from market.seed import people
from tests.town import Town


async def page_of(town: Town, code: str) -> str:
    answer = await (await town.browser()).get(f"/organizations/{code}")
    assert answer.status_code == 200
    return answer.text


async def test_scores_are_drawn_over_time_with_their_table(town: Town) -> None:
    assert 'id="grades-title"' not in await page_of(town, people.FOUNDATION)
    now = await town.now()
    for number, score in enumerate(("62.50", "91.00", "78.00")):
        async with transaction():
            await record_track(
                organization=people.FOUNDATION,
                contract=f"C-1999-000{number}",
                title=f"第{number}次评价",
                score=Decimal(score),
                grade="good",
                url=f"/evaluations/E-1999-000{number}",
                now=now - timedelta(days=100 * (2 - number)),
            )
    page = await page_of(town, people.FOUNDATION)
    drawn = page[page.index('aria-labelledby="grades-title"') :]
    drawn = drawn[: drawn.index("</svg>")]
    assert drawn.count("<circle") == 3
    assert drawn.count('class="plot-course"') == 2
    heights = [int(found) for found in re.findall(r'cy="(\d+)"', drawn)]
    assert heights[1] < heights[2] < heights[0]
    table = page[page.index("历次得分") :]
    assert table.index("第0次评价") < table.index("第1次评价") < table.index("第2次评价")


async def test_the_qr_code_is_that_of_the_public_address(town: Town) -> None:
    page = await page_of(town, people.WARM_SUN)
    (drawn,) = re.findall(r'class="qr"><title>[^<]+</title>.*?stroke="#000" d="([^"]+)"', page)
    (address,) = {f"{base}/organizations/{people.WARM_SUN}" for base in {town.app.state.settings.base_url}}
    wanted = segno.make(address, error="m", micro=False).svg_inline(border=4, dark="#000", light="#fff")
    assert drawn in wanted
    assert "style=" not in page


async def test_who_works_beyond_its_district_is_marked(town: Town) -> None:
    on = local_date(await town.now())
    await rows(
        "UPDATE organization SET street_code = '310109018000', district = '别的区' WHERE code = $1", people.QINGHE
    )
    await rows(
        "UPDATE profile SET streets = ARRAY['310109018000'] WHERE organization ="
        " (SELECT id FROM organization WHERE code = $1)",
        people.WARM_SUN,
    )
    around = await surroundings_of(code=people.WARM_SUN, on=on)
    assert (around.districts, around.is_cross_district) == (["别的区"], True)
    assert "跨区承接" in await page_of(town, people.WARM_SUN)
    await rows("UPDATE organization SET district = '别的区' WHERE code = $1", people.WARM_SUN)
    assert "跨区承接" not in await page_of(town, people.WARM_SUN)


async def test_hub_and_members_lead_to_each_other_while_the_mandate_holds(town: Town) -> None:
    on = local_date(await town.now())
    await rows(
        "INSERT INTO mandate (code, organization, hub, granted_on, until_on, granted_at, granted_by, state,"
        " shown) SELECT 'MD-X', o.id, h.id, $3::date, $3::date + 10, now(), 'x', 'granted', true"
        " FROM organization o, organization h"
        " WHERE o.code = $1 AND h.code = $2",
        people.HARMONY,
        people.VOLUNTEERS,
        on,
    )
    assert f'href="/organizations/{people.VOLUNTEERS}"' in await page_of(town, people.HARMONY)
    assert f'href="/organizations/{people.HARMONY}"' in await page_of(town, people.VOLUNTEERS)
    later = await surroundings_of(code=people.HARMONY, on=on + timedelta(days=10))
    await rows("UPDATE mandate SET shown = false WHERE code = 'MD-X'")
    assert people.HARMONY not in await page_of(town, people.VOLUNTEERS)
    assert (later.hubs, (await surroundings_of(code="nobody", on=on)).members) == ([], [])
