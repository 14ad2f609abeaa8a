"""Who read what few may: noted once a day, shown to the auditor when it tells no secret, and never changed."""

import asyncpg
import pytest

from market.base.database import one, rows
from market.people.sensitive import Sensitive, sensitive_reads
from market.tendering.examples import TURN
from tests.town import Town

SEALED, OPENED = "T-2026-0015", "T-2026-0011"
DRAFTER = "fei.xue"


async def noted() -> set[tuple[str, str, str]]:
    found = await rows("SELECT account, kind, code FROM sensitive_read")
    return {(row["account"], row["kind"], row["code"]) for row in found}


async def test_reading_ones_sealed_draft_is_noted_once_a_day_and_told_after_the_opening(town: Town) -> None:
    client = await town.client(DRAFTER)
    for _ in range(2):
        assert (await client.get(f"/tenders/{SEALED}/my-bid")).status_code == 200
    found = await rows("SELECT account, kind, code FROM sensitive_read")
    assert [tuple(row.values()) for row in found] == [(DRAFTER, "sealed-bid", SEALED)]
    assert await sensitive_reads(limit=10) == []
    await town.advance(by="P1D")
    await client.get(f"/tenders/{SEALED}/my-bid")
    assert len(await rows("SELECT 1 FROM sensitive_read")) == 2
    await town.advance(by="P9D")
    for keyholder in ("li.jun", "yan.li"):
        turned = await (await town.client(keyholder)).post(f"/tenders/{SEALED}/turn-key", json=TURN)
        assert turned.status_code == 200, turned.text
    told = await sensitive_reads(limit=10)
    assert {(line.kind, line.name, line.url) for line in told} == {(Sensitive.SEALED_BID, "费雪", f"/tenders/{SEALED}")}


async def test_a_bid_that_is_open_is_no_secret_of_its_own_organization(town: Town) -> None:
    assert (await (await town.client("lin.feng")).get(f"/tenders/{OPENED}/my-bid")).status_code == 200
    assert await noted() == set()


async def test_foreign_bank_accounts_and_survey_words_are_noted(town: Town) -> None:
    invoice = "I-52000000MJ4000023C-2026-0002"
    for login in ("tang.yu", "hua.rong"):
        assert (await (await town.client(login)).get(f"/invoices/{invoice}")).status_code == 200
    written = await one(
        "SELECT e.code FROM survey_answer a JOIN evaluation e ON e.id = a.evaluation WHERE a.comment <> ''"
        " AND e.state = 'scoring' LIMIT 1"
    )
    assert written is not None
    assert (await (await town.client("kong.xin")).get(f"/evaluations/{written['code']}")).status_code == 200
    assert (await (await town.client()).get("/evaluations/E-2025-0001")).status_code == 200  # published, without words
    assert await noted() == {
        ("hua.rong", "bank-account", invoice),
        ("kong.xin", "survey-words", written["code"]),
    }


async def test_the_auditor_sees_them_and_nobody_changes_them(town: Town) -> None:
    auditor = await town.client("hua.rong")
    await auditor.get("/invoices/I-52000000MJ4000023C-2026-0002")
    home = await auditor.get("/", headers={"Accept": "text/html"})
    assert "发票上的银行账户" in home.text
    assert "华蓉" in home.text
    for change in ("UPDATE sensitive_read SET name = 'x'", "DELETE FROM sensitive_read", "TRUNCATE sensitive_read"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(change)
