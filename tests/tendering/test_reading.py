"""What readers find: the list, each page in both languages, files of opened bids, what waits, and the invariants."""

import base64
from datetime import datetime

from market.base.database import rows
from market.seed.people import WUTONG, somebody
from market.tendering.queries import next_turn, waiting_for
from market.tendering.states import Act
from market.tendering.tables import INVARIANTS
from tests.tendering.stages import BID, TITLES, done, open_bids, seated, see, tender_at, unseated
from tests.town import Town

FILE = b"%PDF-1.4\n% the plan in pictures\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def test_the_list_and_its_filter(town: Town) -> None:
    client = await town.client()
    items = (await client.get("/tenders")).json()["items"]
    assert TITLES["open"] in [item["title"] for item in items]
    assert TITLES["draft"] not in [item["title"] for item in items]
    assert {item["state"] for item in (await client.get("/tenders?state=awarded")).json()["items"]} <= {"awarded"}
    for odd in ("after=x", "after=99999999999999999999", "state=%27", "after=-1"):
        assert (await client.get(f"/tenders?{odd}")).status_code == 200


async def test_every_stage_has_its_page(town: Town) -> None:
    for lang in ("zh-CN", "en"):
        for reader in (None, "wang.fang", "li.jun", "zheng.hui", "lin.feng", "hua.rong"):
            browser = await town.browser(reader, lang=lang)
            assert (await browser.get("/tenders")).status_code == 200
            for stage in TITLES:
                answer = await browser.get(f"/tenders/{await tender_at(stage)}")
                expected = 404 if stage == "draft" and reader in (None, "zheng.hui", "lin.feng") else 200
                assert answer.status_code == expected, (stage, reader, answer.text)


async def test_every_offered_act_has_its_form(town: Town) -> None:
    for stage in TITLES:
        code = await tender_at(stage)
        for reader in ("wang.fang", "li.jun", "wu.tao", "zheng.hui", "lin.feng", "fei.xue", *(await seated(code))[:1]):
            client, browser = await town.client(reader), await town.browser(reader)
            answer = await client.get(f"/tenders/{code}")
            for link in answer.json().get("acts", []):
                if link["act"] not in set(Act):
                    continue
                form = await browser.get(link["href"])
                assert form.status_code == 200, (stage, reader, link)


async def test_forged_codes_are_not_found(town: Town) -> None:
    client = await town.client("lin.feng")
    for code in ("T-2026-9999", "x", "%00", "T-2026-0001'", "一", "T" * 60):
        assert (await client.get(f"/tenders/{code}")).status_code == 404


async def test_an_experts_file_is_blind(town: Town) -> None:
    code = await tender_at("open")
    for bidder in ("lei.hao", "teng.fei"):
        await done(town, bidder, "take-documents", code)
        body = {"name": "和合中心.pdf", "content_base64": base64.b64encode(FILE).decode(), "sealed_for": code}
        kept = await (await town.client(bidder)).post("/attachments/attach-file", json=body)
        await done(town, bidder, "submit-bid", code, {**BID, "files": [kept.json()["code"]]})
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["opens_at"]))
    await open_bids(town, code)
    await done(town, "li.jun", "draw-panel", code)
    member = (await seated(code))[0]
    bid = next(bid for bid in (await see(town, member, code))["panel"]["bids"] if bid["files"])
    answer = await (await town.client(member)).get(bid["files"][0]["url"])
    assert answer.content == FILE
    assert f"bid-{bid['number']}-file-1" in answer.headers["content-disposition"]
    for stranger in (await unseated(code), "wang.fang", "lin.feng"):
        assert (await (await town.client(stranger)).get(bid["files"][0]["url"])).status_code == 404
    for odd in ("bids/9/files/1", f"bids/{bid['number']}/files/2", f"bids/{bid['number']}/files/0"):
        assert (await (await town.client(member)).get(f"/tenders/{code}/{odd}")).status_code == 404


async def test_what_waits_for_whom(town: Town) -> None:
    now = await town.now()
    acts = {}
    members = {stage: (await seated(await tender_at(stage)))[0] for stage in ("scored", "ranked")}
    for who in ("wang.fang", "li.jun", "wu.tao", "lin.feng", "fei.xue", *members.values()):
        acts[who] = {(w.act, w.title) for w in await waiting_for(user=await somebody(who), now=now)}
    assert ("answer-question", TITLES["open"]) in acts["wang.fang"]
    assert ("draft-contract", TITLES["awarded"]) in acts["wang.fang"]
    assert ("turn-key", TITLES["closed"]) in acts["li.jun"]
    assert ("publish-tender", TITLES["draft"]) in acts["li.jun"]
    assert ("publish-tender", TITLES["draft"]) not in acts["wang.fang"]
    assert ("confirm-award", TITLES["evaluated"]) in acts["li.jun"]
    assert ("draw-panel", TITLES["opened"]) in acts["wu.tao"]
    assert ("submit-final-quote", TITLES["quoting"]) in acts["lin.feng"]
    assert ("submit-bid", TITLES["open"]) in acts["fei.xue"]
    assert ("confirm-opening", TITLES["opened"]) in acts["fei.xue"]
    assert ("request-final-quotes", TITLES["scored"]) in acts[members["scored"]]
    assert ("seal-report", TITLES["ranked"]) in acts[members["ranked"]]


async def test_an_award_waits_for_its_contract_until_the_last_day_for_signing(town: Town) -> None:
    waiting = await waiting_for(user=await somebody("wang.fang"), now=await town.now())
    drafts = [w for w in waiting if w.act == "draft-contract"]
    assert drafts
    for one in drafts:
        shown = (await (await town.client("wang.fang")).get(one.url)).json()
        assert (str(one.by_when), one.law) == (shown["result"]["sign_by"], "L-11")
        assert "draft-contract" in [link["act"] for link in shown["acts"]]


async def test_a_deadline_stands_beside_its_rule(town: Town) -> None:
    page = await (await town.browser(None)).get(f"/tenders/{await tender_at('open')}")
    first = page.text.split('class="cards glance"')[1].split("</li>")[0]
    assert "提交截止时间" in first
    assert "/law/L-1.consultation" in first


async def test_a_refused_form_names_its_fields_at_the_top(town: Town) -> None:
    (need,) = await rows("SELECT code FROM need WHERE state = 'approved' AND street = $1 LIMIT 1", WUTONG)
    page = await (await town.browser("wang.fang")).submit(
        f"/needs/{need['code']}/draft-tender", {"criteria.0.title": "方案", "criteria.0.points": "x"}
    )
    assert page.status_code == 422
    listed = page.text.split('class="objections"')[1].split("</div>")[0]
    assert "资格要求：此项必须填写。" in listed
    assert "质量评审因素 1 · 分值：" in listed


async def test_time_knows_its_next_moment(town: Town) -> None:
    assert await next_turn(until=await town.now()) is None
    (row,) = await rows("SELECT quotes_until FROM tender WHERE code = $1", await tender_at("quoting"))
    assert await next_turn(until=row["quotes_until"]) == row["quotes_until"]


async def test_the_invariants_hold(town: Town) -> None:
    for sentence, sql in INVARIANTS.items():
        assert await rows(sql) == [], sentence
