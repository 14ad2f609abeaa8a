"""Different hands are different people, whatever their roles; and nothing of a contract is told before its time."""

from market.base.database import rows
from tests.contracts.stages import ACCEPTANCE, APPROVER, LAWYER, RESIDENT, SUPERVISOR, Purchase

ONE = {"milestone": 1, **ACCEPTANCE}


async def _law(purchase: Purchase, account: str, word: str, body: dict[str, object] | None = None) -> str:
    answer = await purchase.act(account, word, body)
    assert answer.status_code == 422, answer.text
    return str(answer.json()["objections"][0]["law"].split(" ")[0])


async def test_who_drafted_the_tender_does_not_review_the_contract(purchase: Purchase) -> None:
    await purchase.drafted()
    await rows("UPDATE tender SET drafted_by = $2 WHERE code = $1", purchase.tender, LAWYER)
    assert await _law(purchase, LAWYER, "review-contract", {"conclusion": "pass"}) == "E-13"


async def test_who_bought_or_delivered_does_not_accept(purchase: Purchase) -> None:
    await purchase.heard()
    (before,) = await rows("SELECT drafted_by FROM tender WHERE code = $1", purchase.tender)
    await rows("UPDATE tender SET drafted_by = $2 WHERE code = $1", purchase.tender, SUPERVISOR)
    assert await _law(purchase, SUPERVISOR, "accept-delivery", ONE) == "E-13"
    await rows("UPDATE tender SET drafted_by = $2 WHERE code = $1", purchase.tender, before["drafted_by"])
    await rows("UPDATE contract_delivery SET reported_by = $1 WHERE state = 'reported'", SUPERVISOR)
    assert await _law(purchase, SUPERVISOR, "accept-delivery", ONE) == "E-13"


async def test_who_delivered_does_not_speak_for_the_residents(purchase: Purchase) -> None:
    await purchase.reported()
    await rows("UPDATE contract_delivery SET reported_by = $1 WHERE state = 'reported'", RESIDENT)
    assert await _law(purchase, RESIDENT, "give-opinion", {"milestone": 1, "satisfied": True}) == "C-11"


async def test_nobody_signs_for_both_sides(purchase: Purchase) -> None:
    await purchase.reviewed()
    await purchase.do(APPROVER, "sign-contract")
    await rows("UPDATE contract_signature SET account = $1 WHERE account = $2", purchase.administrator, APPROVER)
    assert await _law(purchase, purchase.administrator, "sign-contract") == "E-13"


async def test_no_contract_with_a_supplier_on_a_list(purchase: Purchase) -> None:
    await purchase.reviewed()
    keeper = await purchase.town.client("cao.jie")
    sent = {"kind": "civil-serious", "from_on": "2026-03-01", "document": "示例区人民法院（2026）1号"}
    made = await keeper.post(f"/organizations/{purchase.supplier}/record-standing", json=sent)
    assert made.status_code == 201, made.text
    assert await _law(purchase, APPROVER, "sign-contract") == "P-15"


async def test_the_first_signature_tells_the_public_nothing(purchase: Purchase) -> None:
    await purchase.reviewed()
    await purchase.do(APPROVER, "sign-contract")
    anyone = await purchase.town.client()
    assert (await anyone.get(f"/ledger?record={purchase.code}")).json()["items"] == []


async def test_residents_do_not_read_what_the_lawyer_sent_back(purchase: Purchase) -> None:
    await purchase.drafted()
    await purchase.do(LAWYER, "review-contract", {"conclusion": "return", "reasons": "违约责任不对等"})
    resident = await purchase.town.client(RESIDENT)
    assert (await resident.get(f"/contracts/{purchase.code}")).status_code == 404


async def test_the_lawyers_opinion_stays_in_the_street(purchase: Purchase) -> None:
    await purchase.drafted()
    await purchase.do(LAWYER, "review-contract", {"conclusion": "pass", "reasons": "乙方履约能力存疑。"})
    assert (await purchase.card(purchase.administrator))["review_reasons"] == ""
    assert (await purchase.card(APPROVER))["review_reasons"] == "乙方履约能力存疑。"
