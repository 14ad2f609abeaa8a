"""What the code on a printed invoice opens, and what stands inside the file for programs."""

import io
import json
import re

from pypdf import PdfReader

from tests.contracts.stages import Purchase


async def test_the_paper_verifies_itself_and_says_the_same_to_programs(purchase: Purchase) -> None:
    await purchase.invoiced()
    client = await purchase.town.client(purchase.bidder)
    printed = (await client.get(f"/invoices/{purchase.invoice}/paper", headers={"Accept-Language": "zh"})).content
    card = (await client.get(f"/invoices/{purchase.invoice}")).json()
    read = PdfReader(io.BytesIO(printed))
    [inside] = read.attachments[f"{purchase.invoice}.json"]
    copy = json.loads(inside)
    assert all(copy[name] == card[name] for name in ("code", "amount", "bank_account", "contract", "certificate"))
    assert "扫码查验本单" in "".join(page.extract_text() for page in read.pages)

    path = re.sub(r"^https?://[^/]+", "", copy["verify"])
    anyone = await purchase.town.client()
    found = (await anyone.get(path)).json()
    told = {name for name in found if name not in ("url", "acts")}
    assert told == {"code", "state", "amount", "submitted_at", "supplier_name", "street_name"}
    assert (found["code"], found["amount"]) == (purchase.invoice, card["amount"])
    page = await (await purchase.town.browser()).get(path)
    assert card["bank_account"] not in page.text
    assert purchase.invoice in page.text
    for wrong in (path[:-1] + ("0" if path[-1] != "0" else "1"), path + "0"):
        assert (await anyone.get(wrong)).status_code == 404

    body = {"amount": card["amount"], "reasons": "金额填写有误，冲减后重新申请。"}
    assert (await client.post(f"/invoices/{purchase.invoice}/issue-credit-note", json=body)).status_code == 200
    assert "冲减金额合计" in (await (await purchase.town.browser()).get(path)).text
    own = await (await purchase.town.browser(purchase.bidder)).get(f"/invoices/{purchase.invoice}")
    assert "<progress" not in own.text, "nothing is left to be paid"
