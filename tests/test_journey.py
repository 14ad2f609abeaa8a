"""One purchase through all stages by JSON, as a stranger with the OpenAPI document would walk it."""

from tests import journey
from tests.town import Town


async def test_a_need_becomes_a_published_evaluation(town: Town) -> None:
    walker = await journey.machine(await town.client())
    tender = await journey.need_to_notice(walker)
    await journey.bids(walker, tender)
    winner = await journey.evaluation_of_bids(walker, tender)
    contract = await journey.contract(walker, tender, winner=winner)
    await journey.performance(walker, contract, winner=winner)
    place = await journey.evaluation(walker, contract, winner=winner)

    published = await walker.see(None, place)
    assert published["state"] == "published"
    card = await walker.see(None, f"/organizations/{published['supplier']}")
    assert any(row["contract"] == contract.rsplit("/", 1)[-1] for row in card["track_record"])
    for code in (tender, contract, place):
        events = await walker.see("hua.rong", f"/ledger?record={code.rsplit('/', 1)[-1]}")
        assert events["items"]
