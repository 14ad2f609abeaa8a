"""What a street does with suggestions (`answer-suggestion`, `merge-suggestions`, `hide-suggestion`), and photos."""

import base64
import io

from PIL import Image

from market.base.database import rows
from tests.needs.making import draft
from tests.needs.test_suggest_need import OPEN, proof, suggest
from tests.town import Town, objections

CLERK, OTHER = "wang.fang", "wu.tao"


async def test_all_who_spoke_hear_of_the_answer_and_of_the_need_made_of_it(town: Town) -> None:
    clerk, client = await town.client(CLERK), await town.client()
    mine = await proof(town)
    await client.post(f"{OPEN}/support-suggestion", json={"proof": mine})
    need = await draft(town)
    body = {"outcome": "taken-up", "reason": "已列入计划，正在形成需求。", "need": need["code"]}
    before = len(await rows("SELECT 1 FROM message WHERE channel = 'sms'"))
    answered = await clerk.post(f"{OPEN}/answer-suggestion", json=body)
    assert answered.status_code == 200, answered.text
    assert (answered.json()["state"], answered.json()["need"]) == ("taken-up", need["code"])
    assert [s["step"] for s in answered.json()["progress"]] == ["answered"]
    voices = answered.json()["voices"]
    sent = await rows("SELECT * FROM message WHERE channel = 'sms'")
    assert len(sent) - before == voices - 1, "each telephone, and the account in the application"
    assert "采纳" in (await (await town.client("yang.mei")).get("/notifications")).text
    assert [field for field, _ in objections(await clerk.post(f"{OPEN}/answer-suggestion", json=body))] == [""]
    assert (await town.ledger("S-2026-0001"))[-1] == "needs:answer-suggestion"


async def test_a_withdrawn_need_lets_the_street_answer_those_who_asked_anew(town: Town) -> None:
    clerk = await town.client(CLERK)
    need = await draft(town)
    body = {"outcome": "taken-up", "reason": "已列入计划，正在形成需求。", "need": need["code"]}
    assert (await clerk.post(f"{OPEN}/answer-suggestion", json=body)).status_code == 200
    withdrawn = await clerk.post(f"{need['url']}/withdraw-need", json={"reason": "由市级项目统一安排。"})
    assert withdrawn.status_code == 200, withdrawn.text
    card = (await clerk.get(OPEN)).json()
    assert (card["state"], card["need"], card["progress"][-1]["step"]) == ("taken-up", None, "stopped")
    body = {"outcome": "others", "reason": "由市级项目统一安排，楼组志愿者协助。"}
    assert (await clerk.post(f"{OPEN}/answer-suggestion", json=body)).json()["state"] == "others"


async def test_what_was_taken_up_is_followed_to_its_published_evaluation(town: Town) -> None:
    card = (await (await town.client()).get("/suggestions/S-2025-0001")).json()
    steps = [s["step"] for s in card["progress"]]
    assert steps[:5] == ["answered", "planned", "tendering", "awarded", "contracted"]
    assert "evaluated" in steps
    browser = await town.browser()
    page = await browser.get("/suggestions/S-2025-0001")
    assert card["progress"][-1]["url"] in page.text


async def test_another_street_sees_it_and_cannot_answer_merge_or_hide(town: Town) -> None:
    other, resident = await town.client(OTHER), await town.client("yang.mei")
    for act, body in (
        ("answer-suggestion", {"outcome": "others", "reason": "由志愿者上门。"}),
        ("merge-suggestions", {"into": "S-2026-0003"}),
        ("hide-suggestion", {"reason": "广告。"}),
    ):
        assert (await other.post(f"{OPEN}/{act}", json=body)).status_code == 404
        assert (await resident.post(f"{OPEN}/{act}", json=body)).status_code == 403
        stale = await (await town.client(CLERK)).post(
            f"{OPEN}/{act}", json=body, headers={"If-Match": '"S-2026-0001-9"'}
        )
        assert stale.status_code == 412


async def test_a_merger_keeps_all_voices_and_counts_who_spoke_twice_once(town: Town) -> None:
    clerk, client = await town.client(CLERK), await town.client()
    both, only = await proof(town), await proof(town, "13700000009")
    double = (await suggest(client, title="想要助浴服务", proof=both)).json()["code"]
    await client.post(f"/suggestions/{double}/support-suggestion", json={"proof": only})
    await client.post(f"{OPEN}/support-suggestion", json={"proof": both})
    voices = (await client.get(OPEN)).json()["voices"]
    merged = await clerk.post(f"/suggestions/{double}/merge-suggestions", json={"into": "S-2026-0001"})
    assert merged.status_code == 200, merged.text
    assert (merged.json()["state"], merged.json()["merged_into"]) == ("merged", "S-2026-0001")
    assert (await client.get(OPEN)).json()["voices"] == voices + 1
    objections(await clerk.post(f"{OPEN}/merge-suggestions", json={"into": double}))
    assert (await town.ledger(double))[-1] == "needs:merge-suggestions"
    # What was merged can still be hidden, and leads to the main one no less.
    hidden = await clerk.post(f"/suggestions/{double}/hide-suggestion", json={"reason": "内容为商业广告。"})
    assert hidden.status_code == 200, hidden.text
    assert (hidden.json()["state"], hidden.json()["merged_into"]) == ("hidden", "S-2026-0001")


async def test_what_is_hidden_tells_why_and_is_whole_for_auditors_only(town: Town) -> None:
    clerk, client = await town.client(CLERK), await town.client()
    made = await suggest(await town.client("yang.mei"))
    url, title = made.json()["url"], made.json()["title"]
    told = await clerk.post(f"{url}/answer-suggestion", json={"outcome": "others", "reason": "志愿者每周上门。"})
    assert told.status_code == 200, told.text
    dirty = await clerk.post(f"{url}/hide-suggestion", json={"reason": "泄露张女士的情况。"})
    assert [field for field, _ in objections(dirty)] == ["reason"]
    done = await clerk.post(f"{url}/hide-suggestion", json={"reason": "内容为商业广告。"})
    assert done.status_code == 200, done.text
    shown = (await client.get(url)).json()
    assert (shown["title"], shown["hidden_reason"]) == ("", "内容为商业广告。")
    assert (await (await town.client("hua.rong")).get(url)).json()["title"] == title
    assert title not in (await client.get(url)).text, "nor is it told by what followed"
    assert title not in (await client.get("/ledger", params={"record": made.json()["code"]})).text
    page = await (await town.browser()).get(url)
    assert "内容为商业广告。" in page.text
    assert title not in page.text
    assert (await town.ledger(made.json()["code"]))[-1] == "needs:hide-suggestion"


async def test_a_photo_is_its_makers_alone_to_add_and_harmless(town: Town) -> None:
    client, mine = await town.client(), await proof(town)
    url = (await suggest(client, proof=mine)).json()["url"]
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a telephone"
    Image.new("RGB", (300, 200), "green").save(written, "JPEG", exif=exif)
    body = {"content_base64": base64.b64encode(written.getvalue()).decode(), "proof": mine}
    assert (await client.post(f"{url}/attach-photo", json={**body, "proof": ""})).status_code == 404
    for _ in range(3):
        done = await client.post(f"{url}/attach-photo", json=body)
        assert done.status_code == 200, done.text
    objections(await client.post(f"{url}/attach-photo", json=body))
    photo = await client.get(done.json()["photos"][0])
    assert photo.headers["content-type"] == "image/jpeg"
    assert b"telephone" not in photo.content
    assert (await client.get(f"/attachments/{done.json()['photos'][0].rsplit('/', 1)[1]}")).status_code == 404
    bad = {**body, "content_base64": base64.b64encode(b"<svg/>").decode()}
    other = (await suggest(client, proof=mine)).json()["url"]
    assert [field for field, _ in objections(await client.post(f"{other}/attach-photo", json=bad))] == ["file"]
