"""Invoices for accepted milestones, numbered without gaps."""

import asyncio
import io

from pypdf import PdfReader

from market.base.database import one, rows
from tests.contracts.stages import ACCOUNT, BUDGET, OTHER_STREET, PURCHASER, Purchase
from tests.town import objections


async def test_it_works(purchase: Purchase) -> None:
    await purchase.accepted()
    body = {"milestone": 1, "amount": await purchase.left(1), **ACCOUNT}
    answer = await purchase.act(purchase.bidder, "submit-invoice", body)
    assert answer.status_code == 201, answer.text
    invoice = answer.json()
    last = await one("SELECT max(number) AS last FROM invoice WHERE supplier = $1 AND year = 2026", purchase.supplier)
    assert last is not None
    assert (invoice["state"], invoice["year"], invoice["number"]) == ("submitted", 2026, last["last"])
    assert invoice["code"] == f"I-{purchase.supplier}-2026-{invoice['number']:04d}"
    # 财办库〔2023〕243号: ten working days after 2 March
    assert invoice["pay_by"] == "2026-03-16"
    assert await purchase.town.ledger(invoice["code"]) == ["contracts:submit-invoice"]


async def test_in_parts_never_above(purchase: Purchase) -> None:
    await purchase.accepted()
    whole = float(await purchase.left(1))
    first = await purchase.act(
        purchase.bidder, "submit-invoice", {"milestone": 1, "amount": f"{whole - 100:.2f}", **ACCOUNT}
    )
    assert first.status_code == 201
    above = await purchase.act(purchase.bidder, "submit-invoice", {"milestone": 1, "amount": "100.01", **ACCOUNT})
    assert [field for field, _ in objections(above)] == ["amount"]
    rest = await purchase.act(purchase.bidder, "submit-invoice", {"milestone": 1, "amount": "100", **ACCOUNT})
    assert rest.status_code == 201
    none = await purchase.act(purchase.bidder, "submit-invoice", {"milestone": 1, "amount": "1", **ACCOUNT})
    assert [field for field, _ in objections(none)] == ["milestone"]


async def test_only_what_is_accepted(purchase: Purchase) -> None:
    await purchase.heard()
    for milestone in (1, 2, 99):
        body = {"milestone": milestone, "amount": "1", **ACCOUNT}
        answer = await purchase.act(purchase.bidder, "submit-invoice", body)
        assert [field for field, _ in objections(answer)] == ["milestone"]


async def test_every_fault_is_named(purchase: Purchase) -> None:
    await purchase.accepted()
    body = {
        "milestone": 1,
        "amount": "100.001",
        "account_name": "",
        "bank": "",
        "bank_account": "abc",
        "tax_status": "none",
    }
    answer = await purchase.act(purchase.bidder, "submit-invoice", body)
    assert [field for field, _ in objections(answer)] == [
        "amount",
        "account_name",
        "bank",
        "bank_account",
        "tax_status",
    ]
    for amount in ("-1", "1e3", "１００", "1,000.00", "0"):
        answer = await purchase.act(purchase.bidder, "submit-invoice", {"milestone": 1, "amount": amount, **ACCOUNT})
        assert [field for field, _ in objections(answer)] == ["amount"], amount


async def test_eight_at_once_leave_no_gap_and_no_yuan_too_many(purchase: Purchase) -> None:
    await purchase.accepted()
    part = f"{float(await purchase.left(1)) / 5:.2f}"
    body = {"milestone": 1, "amount": part, **ACCOUNT}
    answers = await asyncio.gather(*(purchase.act(purchase.bidder, "submit-invoice", body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [*[201] * 5, *[422] * 3]
    numbers = await rows(
        "SELECT number FROM invoice WHERE supplier = $1 AND year = 2026 ORDER BY number", purchase.supplier
    )
    assert [row["number"] for row in numbers] == list(range(1, len(numbers) + 1))


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.accepted()
    body = {"milestone": 1, "amount": "1", **ACCOUNT}
    for account, status in ((purchase.stranger, 404), (PURCHASER, 403), (None, 401)):
        assert (await purchase.act(account, "submit-invoice", body)).status_code == status, account


async def test_only_the_parties_read_it(purchase: Purchase) -> None:
    await purchase.invoiced()
    expected = ((BUDGET, 200), (purchase.bidder, 200), ("hua.rong", 200), (purchase.stranger, 404), (OTHER_STREET, 404))
    for account, status in expected:
        client = await purchase.town.client(account)
        assert (await client.get(f"/invoices/{purchase.invoice}")).status_code == status, account
        assert (await client.get(f"/invoices/{purchase.invoice}/paper")).status_code == status, account
        listed = [item["code"] for item in (await client.get("/invoices")).json()["items"]]
        assert (purchase.invoice in listed) == (status == 200)
    assert (await purchase.card())["invoices"] == []


async def test_the_paper_can_be_read(purchase: Purchase) -> None:
    await purchase.invoiced()
    client = await purchase.town.client(purchase.bidder)
    answer = await client.get(f"/invoices/{purchase.invoice}/paper", headers={"Accept-Language": "zh"})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in (
        "付款申请单",
        "6200000000000040001",
        "示例银行梧桐支行",
        "非营利组织免税资格",
        f"{purchase.code}-A1",
        "整",
    ):
        assert words in text
    assert answer.content == (await client.get(f"/invoices/{purchase.invoice}/paper")).content


async def test_the_form_proposes_what_is_left(purchase: Purchase) -> None:
    await purchase.accepted()
    browser = await purchase.town.browser(purchase.bidder)
    page = await browser.get(f"/contracts/{purchase.code}/submit-invoice")
    assert f'value="{await purchase.left(1)}"' in page.text
