"""Nobody sees another's bid or any amount before the opening: on no page, in no JSON, ledger, log, table or file."""

import base64
import hashlib
import json
import logging

import msgspec
import pytest

from market.base.database import rows
from market.people.attachments import Shelf
from tests.tendering.stages import BID, TITLES, do, done, seated, see, tender_at
from tests.town import Town

PRICE, PHRASE = "231234.56", "银杏树下的约定"
FILE = ("%PDF-1.4\n% " + PHRASE + "\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n").encode()
READERS = (
    None,
    "wang.fang",
    "li.jun",
    "zhou.ping",
    "lin.feng",
    "cen.li",
    "qin.shu",
    "hua.rong",
    "yan.li",
    "jin.bo",
    "he.jing",
)


async def with_a_bid(town: Town) -> str:
    code = await tender_at("open")
    await done(town, "lei.hao", "take-documents", code)
    body = {"name": f"{PHRASE}.pdf", "content_base64": base64.b64encode(FILE).decode(), "sealed_for": code}
    file = await (await town.client("lei.hao")).post("/attachments/attach-file", json=body)
    assert file.status_code == 201, file.text
    offer = {**BID, "files": [file.json()["code"]]}
    client = await town.client("lei.hao")
    for act in ("save-draft-bid", "submit-bid"):
        answer = await client.post(f"/tenders/{code}/{act}", json=offer, headers={"Idempotency-Key": act})
        assert answer.status_code == 200, answer.text
        assert PRICE not in answer.text
        assert PHRASE not in answer.text
    return code


async def dump() -> str:
    """Every row of every table, bytes as hexadecimal and as text."""
    tables = await rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = [await rows(f'SELECT t::text AS row FROM "{table["tablename"]}" t') for table in tables]
    return "\n".join(row["row"] for table in found for row in table)


async def test_no_reader_finds_it_on_any_page(town: Town) -> None:
    code = await with_a_bid(town)
    for reader in READERS:
        client = await town.client(reader)
        for path in (
            f"/tenders/{code}",
            "/tenders",
            f"/ledger?record={code}",
            "/",
            "/ledger",
            f"/tenders/{code}/notice.pdf",
        ):
            answer = await client.get(path)
            assert PRICE not in answer.text, (reader, path)
            assert PHRASE not in answer.text, (reader, path)
            assert "52000000MJ40000317" not in answer.text or code not in path, (reader, path)
        for path in (f"/tenders/{code}/my-bid", f"/tenders/{code}/opening.pdf", f"/tenders/{code}/bids/1/files/1"):
            answer = await client.get(path)
            assert answer.status_code in (401, 404) or reader in ("lin.feng", "cen.li"), (reader, path)
            assert PRICE not in answer.text
            assert PHRASE not in answer.text


async def test_the_database_does_not_hold_it_in_clear(town: Town) -> None:
    await with_a_bid(town)
    everything = await dump()
    for secret in (PRICE, "231234", PHRASE):
        assert secret not in everything, secret
        assert secret.encode().hex() not in everything, secret
    assert TITLES["open"] in everything


async def test_no_digest_is_kept_from_which_a_price_could_be_guessed(town: Town) -> None:
    code = await with_a_bid(town)
    client, keyed = await town.client("lei.hao"), {"Idempotency-Key": "only-the-price"}
    body = {"price": "98765.43"}
    first = await client.post(f"/tenders/{code}/save-draft-bid", json=body, headers=keyed)
    again = await client.post(f"/tenders/{code}/save-draft-bid", json=body, headers=keyed)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()
    sent = f"/tenders/{code}/save-draft-bid".encode() + b"\0" + msgspec.json.encode(body, order="sorted")
    everything = await dump()
    assert hashlib.sha256(sent).hexdigest() not in everything
    assert hashlib.sha256(first.content).hexdigest() not in everything
    assert first.content.hex() not in everything


async def test_the_file_on_disk_is_sealed(town: Town) -> None:
    await with_a_bid(town)
    (row,) = await rows("SELECT digest, name FROM attachment WHERE owner = '52000000MJ40000317' AND sealed")
    assert row["name"] == ""
    assert Shelf.storage is not None
    stored = b"".join([chunk async for chunk in await Shelf.storage.read(digest=row["digest"])])
    assert PHRASE.encode() not in stored
    assert b"%PDF" not in stored


async def test_the_log_does_not_tell_it(
    town: Town, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = await with_a_bid(town)
        assert (await do(town, "lei.hao", "submit-bid", code, {**BID, "price": "240000.01"})).status_code == 422
    printed = capsys.readouterr()
    told = caplog.text + printed.out + printed.err
    for secret in (PRICE, "240000.01", PHRASE):
        assert secret not in told


async def test_a_final_quote_is_as_secret(town: Town) -> None:
    code = await tender_at("quoting")
    answer = await (await town.client("lin.feng")).post(
        f"/tenders/{code}/submit-final-quote", json={"price": "98765.43"}, headers={"Idempotency-Key": "quote"}
    )
    assert answer.status_code == 200, answer.text
    everything = answer.text + await dump()
    # With its point, since five digits alone turn up by chance among the hexadecimal digits of what is sealed.
    for needle in ("98765.43", b"98765.43".hex()):
        assert needle not in everything
    for reader in READERS:
        assert "98765" not in (await (await town.client(reader)).get(f"/tenders/{code}")).text


async def test_experts_are_blind_and_unknown(town: Town) -> None:
    for stage in ("drawn", "scored", "ranked", "evaluated"):
        code = await tender_at(stage)
        members = await seated(code)
        names = {row["name"] for row in await rows("SELECT name FROM account WHERE login = ANY ($1)", members)}
        suppliers = await rows(
            "SELECT o.code, o.name FROM bid b JOIN tender t ON t.id = b.tender"
            " JOIN organization o ON o.code = b.organization WHERE t.code = $1",
            code,
        )
        card = json.dumps(await see(town, members[0], code), ensure_ascii=False)
        page = await (await town.browser(members[0])).get(f"/tenders/{code}")
        for supplier in suppliers:
            for shown in (card, page.text):
                assert supplier["code"] not in shown
                assert supplier["name"] not in shown
        for reader in ("wang.fang", "li.jun", "lin.feng", "hua.rong", None):
            for path in (f"/tenders/{code}", f"/ledger?record={code}"):
                told = (await (await town.client(reader)).get(path)).text
                assert not [name for name in (*names, *members) if name in told], (stage, reader, path)


async def test_others_scores_are_shown_when_all_are_in(town: Town) -> None:
    code = await tender_at("checked")
    first, second, _ = await seated(code)
    points = [{"criterion": n, "points": "11"} for n in (1, 2, 3)]
    await done(town, first, "score-bid", code, {"bid": 1, "points": points})
    seen = (await see(town, second, code))["panel"]
    assert seen["all_scored"] is False
    assert [bid["all_points"] for bid in seen["bids"]] == [[], [], []]
    assert [bid["my_points"] for bid in seen["bids"]] == [[], [], []]
    scored = (await see(town, (await seated(await tender_at("scored")))[0], await tender_at("scored")))["panel"]
    assert scored["all_scored"] is True
    assert [len(bid["all_points"]) for bid in scored["bids"]] == [9, 9, 9]
