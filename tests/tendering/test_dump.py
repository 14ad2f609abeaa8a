"""A thief with a whole dump of the database and every stored file finds nothing of a bid before the opening.

What is searched for is everything that a bidder wrote or sent: the price in every spelling, the plan, the files' names
and stretches of their bytes, each also as hexadecimal, as base64 and in UTF-16, as numbers and texts may be kept. The
same search then finds each of them when it is planted, and finds the bid once it is opened.
"""

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta

import cn2an

from market.base import postgres
from market.base.database import rows
from market.base.embedded import OWNER, Access
from market.people.attachments import Shelf
from market.tendering.examples import TURN
from tests.tendering.stages import done, tender_at
from tests.town import Town

PRICE = "231987.65"
PLAN = "银杏树下的约定：每周两次上门，逐次留痕，节假日不停。"
NAME = "惠民助老实施方案与报价明细"
FILE = b"%PDF-1.4\n" + b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(400)) + b"\n%%EOF\n"
STRETCH = 24
MANY = 100
_ENOUGH = 6


def spellings() -> Iterator[bytes]:
    """Everything of the bid as text: a price as figures are written, in capitals, and the words of plan and name."""
    whole, part = PRICE.split(".")
    told = [PRICE, f"{int(whole):,}.{part}", f"{whole} {part}", f"{whole}, {part}", str(cn2an.an2cn(PRICE, "rmb"))]
    told += [PLAN, PLAN[:_ENOUGH], PLAN[-_ENOUGH:], NAME, NAME[:_ENOUGH]]
    for words in told:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            yield words.encode(encoding)
    yield from (FILE[at : at + STRETCH] for at in range(9, len(FILE) - STRETCH, 997))


def needles() -> list[bytes]:
    """What is searched for: every spelling in clear, as hexadecimal of either case, and as base64 at every offset."""
    found = set()
    for clear in spellings():
        found |= {clear, clear.hex().encode(), clear.hex().upper().encode()}
        for offset in range(3):
            told = base64.b64encode(b"\0" * offset + clear)
            cut = told[4 if offset else 0 :].rstrip(b"=")[:-2]
            found |= {cut} if len(cut) > _ENOUGH else set()
    # A few figures alone turn up by chance among the hexadecimal digits of what is sealed.
    return sorted(needle for needle in found if len(needle) > _ENOUGH + 1)


def found_in(haystack: bytes, sought: list[bytes]) -> list[bytes]:
    return [needle for needle in sought if needle in haystack]


async def everything(server: Access) -> bytes:
    """A dump of the whole database as plain text, then every file that its rows name, as it lies in storage."""
    (row,) = await rows("SELECT current_database() AS name")
    dump = postgres.run("pg_dump", ["--format=plain", "--no-owner"], dsn=server.dsn(OWNER, database=row["name"]))
    assert Shelf.storage is not None
    kept = await rows("SELECT DISTINCT digest FROM attachment")
    files = [b"".join([chunk async for chunk in await Shelf.storage.read(digest=file["digest"])]) for file in kept]
    return b"\n".join([dump.encode(), *files])


async def with_the_bid(town: Town) -> str:
    """The tender whose bids are about to be opened, with one more bid that was first drafted and replaced once."""
    code = await tender_at("open")
    client = await town.client("lei.hao")
    await done(town, "lei.hao", "take-documents", code)
    body = {"name": f"{NAME}.pdf", "content_base64": base64.b64encode(FILE).decode(), "sealed_for": code}
    file = await client.post("/attachments/attach-file", json=body)
    assert file.status_code == 201, file.text
    offer = {"price": PRICE, "plan": PLAN, "declared": True, "files": [file.json()["code"]]}
    for number, act in enumerate(("save-draft-bid", "submit-bid", "save-draft-bid", "submit-bid")):
        answer = await client.post(f"/tenders/{code}/{act}", json=offer, headers={"Idempotency-Key": f"{act}-{number}"})
        assert answer.status_code == 200, answer.text
    return code


async def test_a_dump_before_the_opening_tells_nothing_of_a_bid(town: Town, server: Access) -> None:
    code = await with_the_bid(town)
    sought = needles()
    assert len(sought) > MANY
    stolen = await everything(server)
    assert code.encode() in stolen
    assert found_in(stolen, sought) == []
    # Planted, each of them is found: in a table's text, in its bytes, and in a file.
    for clear in spellings():
        if len(clear) > _ENOUGH:
            assert found_in(b"INSERT ... " + clear, sought), clear
            assert found_in(b"\\\\x00" + clear.hex().encode() + b"ff", sought), clear
    await rows("INSERT INTO keepsake (name, value) VALUES ('planted', to_jsonb($1::text))", f"bid {PRICE} {PLAN}")
    assert PRICE.encode() in found_in(await everything(server), sought)


async def test_the_same_search_finds_the_bid_once_it_is_opened(town: Town, server: Access) -> None:
    code = await with_the_bid(town)
    (row,) = await rows("SELECT opens_at FROM tender WHERE code = $1", code)
    await town.advance(to=row["opens_at"] + timedelta(minutes=1))
    for who in ("li.jun", "yan.li"):
        card = await done(town, who, "turn-key", code, TURN)
    assert card["state"] == "opened", card["state"]
    found = found_in(await everything(server), needles())
    assert PRICE.encode() in found
    assert PLAN.encode() in found
