"""One whole purchase, told once: who does what, in order, from the need to the published evaluation.

The story is walked by a machine over JSON and by hand in a browser; only `do` and `see` differ. Bodies are the
examples of the OpenAPI document, with what this purchase changes, so that a newcomer could walk it the same way.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

import httpx

EXPERTS = ("qin.shu", "you.bo", "xu.ning", "he.wen", "lv.an", "shi.yu", "zhang.heng")
BIDDERS = {"lin.feng": "he.jing", "fei.xue": "tang.yu", "cen.li": "lian.bin"}
DAY = timedelta(days=1)
Card = dict[str, Any]


class Walker(Protocol):
    """Somebody who walks the story."""

    async def do(self, who: str | None, act: str, on: str, changes: Mapping[str, Any] | None = None) -> Card:
        """Do an act as somebody on the record at an address ("" for none), and return what they then see."""

    async def see(self, who: str | None, url: str) -> Card:
        """Return what somebody sees at an address, as JSON."""

    async def wait_until(self, moment: datetime) -> None:
        """Move the town's clock to a moment."""

    async def now(self) -> datetime:
        """What the town's clock shows."""


class Book:
    """The OpenAPI document: paths, examples and acts by word."""

    def __init__(self, document: Card) -> None:
        self.operations = {
            operation["operationId"]: (path, operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            if method == "post"
        }

    def path(self, act: str, on: str) -> str:
        """The address of an act on a record."""
        path, _ = self.operations[act]
        return f"{on}/{act}" if "{code}" in path else str(path)

    def body(self, act: str, changes: Mapping[str, Any] | None) -> dict[str, Any]:
        """The example's body with changes; a change to None leaves the field out."""
        example = self.operations[act][1]["requestBody"]["content"]["application/json"]["example"]
        return {name: value for name, value in {**example, **(changes or {})}.items() if value is not None}


class Machine:
    """Walks over JSON with the tokens of `/demo/people`."""

    def __init__(self, client: httpx.AsyncClient, *, book: Book, tokens: Mapping[str, str]) -> None:
        self._client = client
        self._book = book
        self._tokens = tokens

    async def do(self, who: str | None, act: str, on: str, changes: Mapping[str, Any] | None = None) -> Card:
        """Do an act as a machine."""
        path, body = self._book.path(act, on), self._book.body(act, changes)
        answer = await self._client.post(path, json=body, headers=self._headers(who))
        assert answer.status_code in (200, 201), f"{who} {act} {on}: {answer.status_code} {answer.text}"
        found: Card = answer.json()
        return found

    async def see(self, who: str | None, url: str) -> Card:
        """Read as a machine."""
        answer = await self._client.get(url, headers=self._headers(who))
        assert answer.status_code == 200, f"{who} {url}: {answer.status_code} {answer.text}"
        found: Card = answer.json()
        return found

    async def may_see(self, who: str | None, url: str) -> bool:
        """Tell whether somebody may read an address."""
        return (await self._client.get(url, headers=self._headers(who))).status_code == 200

    async def wait_until(self, moment: datetime) -> None:
        """Move the clock, never back."""
        if moment > await self.now():
            answer = await self._client.post("/demo/clock", json={"to": moment.isoformat()})
            assert answer.status_code == 200, answer.text

    async def now(self) -> datetime:
        """Read the clock."""
        return datetime.fromisoformat(
            (await self._client.get("/demo/clock", headers=self._headers(None))).json()["now"]
        )

    def _headers(self, who: str | None) -> dict[str, str]:
        token = {"Authorization": f"Bearer {self._tokens[who]}"} if who else {}
        return {"Accept": "application/json", **token}


async def machine(client: httpx.AsyncClient) -> Machine:
    """Return a machine that knows the town: its people's tokens and its OpenAPI document."""
    people = (await client.get("/demo/people")).json()
    document = (await client.get("/schema/openapi.json")).json()
    tokens = {person["account"]: person["token"] for person in people}
    return Machine(client, book=Book(document), tokens=tokens)


async def need_to_notice(town: Walker) -> str:
    """A need is drafted, submitted, reviewed by another hand, and becomes a published notice; return its address."""
    need = await town.do("wang.fang", "draft-need", "")
    await town.do("wang.fang", "submit-need", need["url"])
    await town.do("li.jun", "review-need", need["url"])
    tender = await town.do("wang.fang", "draft-tender", need["url"])
    await town.do("li.jun", "publish-tender", tender["url"])
    return str(tender["url"])


async def bids(town: Walker, tender: str) -> None:
    """Three organizations bid; a question is asked and answered for all; the bids are opened after the closing."""
    await town.do("fei.xue", "take-documents", tender)
    await town.do("fei.xue", "ask-question", tender)
    await town.do("wang.fang", "answer-question", tender, {"question": 1})
    for number, bidder in enumerate(BIDDERS):
        if bidder != "fei.xue":
            await town.do(bidder, "take-documents", tender)
        await town.do(bidder, "submit-bid", tender, {"price": f"{94000 - 1000 * number}.00"})
    closes_at = datetime.fromisoformat((await town.see(None, tender))["opens_at"])
    await town.wait_until(closes_at + timedelta(minutes=1))
    await town.do("li.jun", "turn-key", tender)
    await town.do("yan.li", "turn-key", tender)
    await town.do("lin.feng", "confirm-opening", tender)


async def evaluation_of_bids(town: Walker, tender: str) -> str:
    """A drawn panel checks and scores blind, final quotes stay sealed for their round; return the winner's bidder."""
    await town.do("wang.fang", "draw-panel", tender)
    panel = [who for who in EXPERTS if await offers(town, who, tender, "check-bid")]
    assert len(panel) == 3
    numbers = [bid["number"] for bid in (await town.see(panel[0], tender))["panel"]["bids"]]
    for expert in panel:
        for number in numbers:
            if await offers(town, expert, tender, "check-bid"):
                await town.do(expert, "check-bid", tender, {"bid": number, "passed": True})
    for place, expert in enumerate(panel):
        for number in numbers:
            points = [
                {"criterion": 1, "points": str(38 - place)},
                {"criterion": 2, "points": "21"},
                {"criterion": 3, "points": "12"},
            ]
            await town.do(expert, "score-bid", tender, {"bid": number, "points": points})
    (chair, *_) = [who for who in panel if await offers(town, who, tender, "request-final-quotes")]
    until = await town.now() + timedelta(hours=2)
    await town.do(chair, "request-final-quotes", tender, {"until": until.isoformat(timespec="minutes")})
    for number, bidder in enumerate(BIDDERS):
        await town.do(bidder, "submit-final-quote", tender, {"price": f"{93000 - 1000 * number}.00"})
    await town.wait_until(until + timedelta(minutes=1))
    for expert in panel:
        await town.do(expert, "seal-report", tender, {"agrees": True})
    await town.do("li.jun", "confirm-award", tender)
    award = (await town.see(None, tender))["result"]
    # Equal scores, so the lowest final quote has the most points for its price.
    assert Decimal(award["amount"]) == Decimal(91000)
    return "cen.li"


async def contract(town: Walker, tender: str, *, winner: str) -> str:
    """The award becomes a contract that a lawyer reviews and both sides sign; return its address."""
    drafted = await town.do("wang.fang", "draft-contract", tender)
    url = str(drafted["url"])
    await town.do("zhao.min", "review-contract", url)
    for signatory in ("li.jun", BIDDERS[winner]):
        fingerprint = (await town.see(signatory, url)).get("fingerprint")
        await town.do(signatory, "sign-contract", url, {"fingerprint": fingerprint})
    return url


async def performance(town: Walker, url: str, *, winner: str) -> None:
    """Every milestone is delivered, heard by a resident, accepted, invoiced, approved and paid by different hands."""
    card = await town.see("wang.fang", url)
    for milestone in card["milestones"]:
        number, due_on = milestone["number"], datetime.fromisoformat(f"{milestone['due_on']}T02:00:00+00:00")
        await town.wait_until(due_on)
        held_on = (due_on - 2 * DAY).date().isoformat()
        await town.do(winner, "record-session", url, {"held_on": held_on})
        evidence = await town.do(winner, "attach-file", "")
        await town.do(winner, "report-delivery", url, {"milestone": number, "evidence": [evidence["code"]]})
        await town.do("zhu.gang", "give-opinion", url, {"milestone": number})
        await town.do("zhou.ping", "accept-delivery", url, {"milestone": number})
        sent = {"milestone": number, "amount": milestone["amount"], "account_name": card["supplier_name"]}
        invoice = await town.do(winner, "submit-invoice", url, sent)
        await town.do("qian.lei", "approve-invoice", invoice["url"])
        today = (await town.now()).date().isoformat()
        await town.do("sun.yue", "record-payment", invoice["url"], {"amount": milestone["amount"], "paid_on": today})
    assert (await town.see(None, url))["state"] in ("in-force", "closed")


async def evaluation(town: Walker, url: str, *, winner: str) -> str:
    """What the signing planned falls due; residents answer, the score is replied to, concluded and published."""
    contract_code = url.rsplit("/", 1)[-1]
    listed = (await town.see("wang.fang", "/evaluations"))["items"]
    final = next(e for e in listed if e["contract"] == contract_code and e["kind"] == "final")
    found = await town.see("wang.fang", final["url"])
    place = str(found["url"])
    await town.wait_until(datetime.fromisoformat(found["opens_at"]) + timedelta(minutes=1))
    await town.do(BIDDERS[winner], "submit-evidence", place)
    for holder, most in (("yang.mei", 40), ("wang.fang", 5), (BIDDERS[winner], 5)):
        slips = (await town.see(holder, f"{place}/slips"))["slips"]
        for slip in [s for s in slips if not s["used"]][:most]:
            await town.do(None, "answer-survey", place, {"slip": slip["word"]})
    await town.wait_until(
        datetime.fromisoformat((await town.see("wang.fang", place))["survey_until"]) + timedelta(minutes=1)
    )
    leaves = (await town.see("kong.xin", place))["leaves"]
    judged = [
        {"leaf": leaf["code"], "points": str(leaf["weight"]), "reason": "核对了记录和现场。"}
        for leaf in leaves
        if leaf["to_judge"]
    ]
    await town.do("kong.xin", "score-evaluation", place, {"scores": judged, "opinion": "服务按约完成，居民反映良好。"})
    await town.do(BIDDERS[winner], "reply-to-evaluation", place)
    await town.do("kong.xin", "answer-reply", place, {"answer": "经核对，维持原评分。", "changes": None})
    await town.do("kong.xin", "conclude-evaluation", place)
    await town.do("li.jun", "publish-evaluation", place)
    return place


async def offers(town: Walker, who: str, url: str, act: str) -> bool:
    """Tell whether a record offers an act to somebody now."""
    return any(link["act"] == act for link in (await town.see(who, url))["acts"])
