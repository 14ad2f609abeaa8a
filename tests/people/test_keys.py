"""What opens no more than it should: revoked roles, limited tokens, invitations, codes to seal for, slow bodies."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from evaluations.states import State
from market.base import clock, forms
from market.base.database import one, rows
from market.base.refusal import Refused
from market.seed.people import WARM_SUN
from market.tendering.forms import PointsRow
from tests.evaluations.steps import reach
from tests.tendering.stages import tender_at
from tests.town import Town, objections


async def test_who_serves_no_more_sees_no_more(town: Town) -> None:
    draft = f"/tenders/{await tender_at('draft')}"
    machine, browser = await town.client("wang.fang"), await town.browser("wang.fang")
    assert ((await machine.get(draft)).status_code, (await browser.get(draft)).status_code) == (200, 200)
    await rows(
        "UPDATE membership SET revoked_at = $1 WHERE account = (SELECT id FROM account WHERE login = 'wang.fang')",
        await town.now(),
    )
    assert ((await machine.get(draft)).status_code, (await browser.get(draft)).status_code) == (404, 404)
    assert (await browser.get("/account")).status_code == 200


async def test_a_limited_token_makes_no_stronger_one(town: Town) -> None:
    client = await town.client("wang.fang")
    made = await client.post("/account/create-token", json={"name": "x", "acts": ["create-token"], "days": 1})
    machine = await town.client()
    machine.headers["Authorization"] = f"Bearer {made.json()['token']}"
    answer = await machine.post("/account/create-token", json={"name": "y", "acts": ["draft-need"], "days": 1})
    assert [field for field, _ in objections(answer)] == ["acts"]


async def test_an_invitation_is_no_way_to_guess_a_password(town: Town) -> None:
    admin = await town.client("he.jing")
    await admin.post(f"/organizations/{WARM_SUN}/invite-member", json={"email": "g@town.example", "role": "bidder"})
    row = await one("SELECT code FROM invitation WHERE email = 'g@town.example'")
    mail = await one("SELECT body FROM message WHERE to_address = 'g@town.example'")
    assert row is not None
    assert mail is not None
    word = mail["body"].split("口令：")[1].split()[0]
    anyone = await town.client()
    body = {"word": word, "login": "li.jun", "name": "李军", "password": "a-wrong-one-2026"}
    place = f"/invitations/{row['code']}/accept-invitation"
    statuses = [(await anyone.post(place, json=body)).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert (await anyone.post(place, json={**body, "password": "shecai-demo-2026"})).status_code == 429


async def test_files_are_sealed_for_published_tenders_only(town: Town) -> None:
    client = await town.client("lin.feng")
    for code in ("N-2026-0001", await tender_at("draft"), "T-2026-9999"):
        sent = {"name": "a.txt", "content_base64": "56S+5Yy6", "sealed_for": code}
        answer = await client.post("/attachments/attach-file", json=sent)
        assert [field for field, _ in objections(answer)] == ["sealed_for"], code


async def test_the_kind_of_an_organization_follows_its_code(town: Town) -> None:
    keeper = await town.client("cao.jie")
    body = {"code": "52000000MJ5678901W", "name": "某工会", "kind": "enterprise", "district": "示例区"}
    answer = await keeper.post("/organizations/register-organization", json=body)
    assert [field for field, _ in objections(answer)] == ["kind"]


async def test_a_slow_body_is_as_late_as_its_last_byte(town: Town) -> None:
    case = await reach(town, State.SCORED)
    until = (await case.row())["reply_until"]

    async def trickle() -> AsyncIterator[bytes]:
        yield '{"reply": "培训名单已补交，'.encode()
        await clock.set_to(until + timedelta(seconds=1))
        yield '请复核。"}'.encode()

    client = await town.client(case.provider)
    headers = {"Content-Type": "application/json"}
    answer = await client.post(f"{case.url}/reply-to-evaluation", content=trickle(), headers=headers)
    assert answer.json()["objections"][0]["law"].startswith("IND-3.reply")


def test_numbers_too_large_for_any_column_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        forms.decode(PointsRow, {"criterion": "99999999999", "points": "1e99"})
    assert [o.field for o in refused.value.objections] == ["criterion", "points"]
    assert forms.decode(PointsRow, {"criterion": "1", "points": "1e1"}).points == Decimal(10)
