"""Members: invited by mail, roles granted and revoked, by those who administer."""

import re

from market.base.database import one
from market.seed.people import WARM_SUN, WUTONG
from tests.town import Town, objections

PLACE = f"/organizations/{WARM_SUN}"


async def test_invite_member_then_accept_invitation(town: Town) -> None:
    admin = await town.client("he.jing")
    sent = {"email": "new@town.example", "role": "bidder"}
    assert (await admin.post(f"{PLACE}/invite-member", json=sent)).status_code == 200
    mail = await one("SELECT body FROM message WHERE to_address = 'new@town.example'")
    assert mail is not None
    found = re.search(r"/invitations/(I-\w+)/accept-invitation.*?口令：(\S+)", mail["body"])
    assert found
    code, word = found.groups()
    anyone = await town.client()
    body = {"word": "wrong", "login": "new.person", "name": "新人", "password": "a-longer-one-2026"}
    assert (await anyone.post(f"/invitations/{code}/accept-invitation", json=body)).status_code == 422
    good = await anyone.post(f"/invitations/{code}/accept-invitation", json={**body, "word": word})
    assert good.status_code == 201, good.text
    again = await anyone.post(f"/invitations/{code}/accept-invitation", json={**body, "word": word})
    assert again.status_code == 404
    signed = await anyone.post("/sign-in", json={"account": "new.person", "password": "a-longer-one-2026"})
    assert signed.json()["roles"] == ["bidder"]


async def test_an_invitation_ends_after_seven_days(town: Town) -> None:
    admin = await town.client("he.jing")
    await admin.post(f"{PLACE}/invite-member", json={"email": "late@town.example", "role": "bidder"})
    row = await one("SELECT code FROM invitation WHERE email = 'late@town.example'")
    assert row is not None
    await town.advance(by="P7DT1M")
    anyone = await town.client()
    body = {"word": "x", "login": "late.one", "name": "迟到", "password": "a-longer-one-2026"}
    assert (await anyone.post(f"/invitations/{row['code']}/accept-invitation", json=body)).status_code == 404


async def test_grant_role_and_revoke_role(town: Town) -> None:
    admin = await town.client("he.jing")
    both = {"account": "lin.feng", "role": "organization-administrator"}
    assert (await admin.post(f"{PLACE}/grant-role", json=both)).status_code == 200
    assert (await admin.post(f"{PLACE}/revoke-role", json=both)).status_code == 200
    assert (await town.ledger(WARM_SUN))[-2:] == ["people:grant-role", "people:revoke-role"]


async def test_roles_fit_the_kind_of_organization(town: Town) -> None:
    admin = await town.client("he.jing")
    answer = await admin.post(f"{PLACE}/grant-role", json={"account": "nobody.here", "role": "purchaser"})
    assert [field for field, _ in objections(answer)] == ["role", "account"]


async def test_the_last_administrator_stays(town: Town) -> None:
    admin = await town.client("he.jing")
    own = {"account": "he.jing", "role": "organization-administrator"}
    assert objections(await admin.post(f"{PLACE}/revoke-role", json=own))[0][0] == "role"


async def test_a_stranger_sees_nothing_to_administer(town: Town) -> None:
    stranger = await town.client("tang.yu")
    for act in ("invite-member", "grant-role", "revoke-role"):
        body = {"email": "x@town.example", "account": "lin.feng", "role": "bidder"}
        assert (await stranger.post(f"/organizations/{WUTONG}/{act}", json=body)).status_code == 404
