"""A contract carried over HTTP to each of its stages, by the people whose turn it is."""

from typing import Any

import httpx

from market.base.database import one
from market.people.states import Role
from market.seed.people import PEOPLE, WUTONG
from tests.town import Town

CLAUSES = {
    "content": "为社区独居老人提供助餐、助洁和日间照料服务。",
    "quantity": "每月不少于 400 人次。",
    "quality": "餐食按营养标准配制，送达时温热。",
    "settlement": "每个里程碑验收合格并收到发票后支付。",
    "duties": "甲方提供场地，乙方建立服务台账，不得转包。",
    "breach": "逾期不整改的支付违约金。",
    "late_payment": "逾期付款按每日万分之五支付违约金。",
    "acceptance": "服务对象代表参加，逐项验收。",
}
ACCEPTANCE = {"technical": "达标", "service": "达标：人次与台账一致", "safety": "达标", "conclusion": "合格"}
ACCOUNT = {
    "account_name": "示例区暖阳为老服务中心",
    "bank": "示例银行梧桐支行",
    "bank_account": "6200000000000040001",
    "tax_status": "exempt",
}
PURCHASER, APPROVER, LAWYER, SUPERVISOR = "wang.fang", "li.jun", "zhao.min", "zhou.ping"
BUDGET, TREASURY = "qian.lei", "sun.yue"
RESIDENT, OTHER_RESIDENT, OTHER_STREET, AUDITOR = "zhu.gang", "chang.qing", "wu.tao", "hua.rong"


class Purchase:
    """One award of the town and what is made of it; every step is a request of the person named."""

    def __init__(self, town: Town, *, tender: str, supplier: str) -> None:
        self.town, self.tender, self.supplier = town, tender, supplier
        self.code = ""
        self.invoice = ""

    @classmethod
    async def begin(cls, town: Town) -> "Purchase":
        """Find an award of Wutong street that no contract is made of yet."""
        row = await one(
            "SELECT t.code, b.organization FROM tender t JOIN bid b ON b.tender = t.id AND b.rank = 1"
            " WHERE t.state = 'awarded' AND t.street = $1 AND NOT EXISTS"
            " (SELECT 1 FROM contract c WHERE c.live_tender = t.code) ORDER BY t.id LIMIT 1",
            WUTONG,
        )
        assert row is not None, "the town has no award to make a contract of"
        return cls(town, tender=row["code"], supplier=row["organization"])

    @property
    def administrator(self) -> str:
        """Who signs for the supplier."""
        return next(p.login for p in PEOPLE if p.home == self.supplier and p.role is Role.ORGANIZATION_ADMINISTRATOR)

    @property
    def bidder(self) -> str:
        """Who works for the supplier."""
        return next(p.login for p in PEOPLE if p.home == self.supplier and p.role is Role.BIDDER)

    @property
    def stranger(self) -> str:
        """Somebody of another organization who could do the same there."""
        return next(p.login for p in PEOPLE if p.home != self.supplier and p.role is Role.ORGANIZATION_ADMINISTRATOR)

    async def post(
        self, account: str | None, path: str, body: dict[str, Any] | None = None, **named: Any
    ) -> httpx.Response:
        """Send one write as somebody."""
        client = await self.town.client(account)
        return await client.post(path, json=body or {}, **named)

    async def act(self, account: str | None, word: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """Do an act to the contract."""
        return await self.post(account, f"/contracts/{self.code}/{word}", body)

    async def do(self, account: str, word: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do an act to the contract that must succeed, and return the record."""
        answer = await self.act(account, word, body)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    async def card(self, account: str | None = None) -> dict[str, Any]:
        """Return the contract as somebody sees it."""
        answer = await (await self.town.client(account)).get(f"/contracts/{self.code}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def drafted(self) -> "Purchase":
        """The purchaser has drafted it."""
        answer = await self.post(PURCHASER, f"/tenders/{self.tender}/draft-contract", CLAUSES)
        assert answer.status_code == 201, answer.text
        self.code = answer.json()["code"]
        return self

    async def reviewed(self) -> "Purchase":
        """The lawyer has passed it."""
        await self.drafted()
        await self.do(LAWYER, "review-contract", {"conclusion": "pass"})
        return self

    async def in_force(self) -> "Purchase":
        """Both sides have signed."""
        await self.reviewed()
        await self.do(APPROVER, "sign-contract")
        await self.do(self.administrator, "sign-contract")
        return self

    async def evidence(self, account: str | None = None) -> str:
        """Stage a file and return its code."""
        client = await self.town.client(account or self.bidder)
        answer = await client.post(
            "/attachments/attach-file", files={"file": ("签到表.txt", "三月服务签到\n".encode(), "text/plain")}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    async def reported(self, milestone: int = 1) -> "Purchase":
        """The supplier has reported the milestone."""
        if not self.code:
            await self.in_force()
        body = {"milestone": milestone, "note": "本期服务完成。", "evidence": [await self.evidence()]}
        await self.do(self.bidder, "report-delivery", body)
        return self

    async def heard(self, milestone: int = 1) -> "Purchase":
        """A resident representative has spoken."""
        await self.reported(milestone)
        await self.do(
            RESIDENT, "give-opinion", {"milestone": milestone, "satisfied": True, "text": "饭菜热，送得准时。"}
        )
        return self

    async def accepted(self, milestone: int = 1) -> "Purchase":
        """The street has accepted the milestone."""
        await self.heard(milestone)
        await self.do(SUPERVISOR, "accept-delivery", {"milestone": milestone, **ACCEPTANCE})
        return self

    async def left(self, milestone: int) -> str:
        """What is left to invoice of a milestone."""
        stage = (await self.card(self.bidder))["milestones"][milestone - 1]
        return f"{float(stage['amount']) - float(stage['invoiced']):.2f}"

    async def invoiced(self, milestone: int = 1) -> "Purchase":
        """The supplier has invoiced the whole milestone."""
        await self.accepted(milestone)
        body = {"milestone": milestone, "amount": await self.left(milestone), **ACCOUNT}
        self.invoice = (await self.do(self.bidder, "submit-invoice", body))["code"]
        return self

    async def approved(self, milestone: int = 1) -> "Purchase":
        """A budget officer has approved the invoice."""
        await self.invoiced(milestone)
        answer = await self.post(BUDGET, f"/invoices/{self.invoice}/approve-invoice")
        assert answer.status_code == 200, answer.text
        return self

    async def paid(self, milestone: int = 1) -> "Purchase":
        """The other budget officer has recorded the payment in full."""
        await self.approved(milestone)
        answer = await self.pay(await self.owed())
        assert answer.status_code == 200, answer.text
        return self

    async def owed(self) -> str:
        """What is left to pay of the invoice."""
        card = (await (await self.town.client(TREASURY)).get(f"/invoices/{self.invoice}")).json()
        return f"{float(card['amount']) - float(card['paid']):.2f}"

    async def pay(self, amount: str, *, account: str = TREASURY, **changed: Any) -> httpx.Response:
        """Record a payment today."""
        today = (await self.town.now()).astimezone().date()
        body = {"amount": amount, "paid_on": str(today), "reference": "国库支付凭证 2026-001", **changed}
        return await self.post(account, f"/invoices/{self.invoice}/record-payment", body)
