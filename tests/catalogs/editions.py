"""What tests of the registers share: a draft is published."""

import httpx

GROUNDS = "示例区民政局〔2026〕5号（虚构）"


async def publish(keeper: httpx.AsyncClient, edition: str, *, day: str = "2026-03-02") -> httpx.Response:
    """Publish a draft for a day; the town begins on Monday 2026-03-02."""
    return await keeper.post(
        f"/catalogs/editions/{edition}/publish-catalogue", json={"in_force_from": day, "grounds": GROUNDS}
    )
