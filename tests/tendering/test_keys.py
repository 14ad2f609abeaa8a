"""Joint keys: shares, passphrases, HPKE by the letter of RFC 9180, receipts, and one's own key over HTTP."""

import hashlib
import hmac
from datetime import UTC, datetime
from itertools import combinations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from market.base.database import rows
from market.tendering.examples import TURN
from market.tendering.rules import keys as rules
from market.tendering.rules.terms import Offer
from market.tendering.sealing import BrokenSeal, ServerKeyHolder, receipts, reopen, suites
from market.tendering.sealing.passphrases import WrongPassphrase, lock, unlock
from market.tendering.sealing.shares import Share, combine, commit, keeps, split
from market.tendering.states import Side
from tests.tendering.stages import fields, open_bids, tender_at
from tests.town import SECRET, Town

NEW = "another-long-passphrase"


def test_any_two_of_three_give_the_key_back_and_one_does_not() -> None:
    private, _ = suites.new_pair()
    dealt = split(private, threshold=2, shares=3)
    for pair in combinations(dealt, 2):
        assert combine(pair) == private
    assert all(combine([one]) != private for one in dealt)


def test_a_wrong_share_is_found_by_its_commitment() -> None:
    share = split(bytes(range(32)), threshold=2, shares=3)[0]
    committed = commit(share)
    assert keeps(share, committed=committed)
    assert not keeps(Share(number=share.number, secret=bytes(32)), committed=committed)
    assert not keeps(Share(number=2, secret=share.secret), committed=committed)


def test_only_the_passphrase_of_the_account_opens_a_key() -> None:
    kept = lock(b"p" * 32, passphrase=NEW, account="li.jun")
    assert b"p" * 8 not in kept.locked
    assert unlock(kept, passphrase=NEW, account="li.jun") == b"p" * 32
    for passphrase, account in (("another", "li.jun"), (NEW, "yan.li")):
        with pytest.raises(WrongPassphrase):
            unlock(kept, passphrase=passphrase, account=account)


def _labeled(salt: bytes, suite: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expanded(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\1", "sha256")[:length]


def test_a_wrap_is_hpke_as_rfc_9180_writes_it() -> None:
    """Open it with nothing but ECDH, HMAC and AES, step by step as sections 4.1 and 5.1 tell."""
    private, public = suites.new_pair()
    wrapped = suites.wrap(b"k" * 32, suite=suites.P256, public=public, info="T/bid")
    sent, sealed = wrapped[:65], wrapped[65:]
    own = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
    dh = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sent))
    kem = b"KEM\x00\x10"
    shared = _expanded(_labeled(b"", kem, b"eae_prk", dh), kem, b"shared_secret", sent + public, 32)
    suite = b"HPKE\x00\x10\x00\x01\x00\x02"
    context = b"\0" + _labeled(b"", suite, b"psk_id_hash", b"") + _labeled(b"", suite, b"info_hash", b"T/bid")
    secret = _labeled(shared, suite, b"secret", b"")
    key = _expanded(secret, suite, b"key", context, 32)
    nonce = _expanded(secret, suite, b"base_nonce", context, 12)
    assert AESGCM(key).decrypt(nonce, sealed, b"") == b"k" * 32
    for other in ("T/other", ""):
        with pytest.raises(BrokenSeal):
            suites.unwrap(wrapped, suite=suites.P256, private=private, info=other)


def test_a_receipt_is_checked_by_the_public_key_alone() -> None:
    promise = receipts.Promise(
        tender="T-1", bid="B-1", submission=1, fingerprint="0" * 64, submitted_at=datetime(2026, 3, 2, tzinfo=UTC)
    )
    receipts.furnish(secret_key=SECRET)
    leaf, signature = receipts.sign(promise)
    public = receipts.public_key()
    assert receipts.check(promise, leaf=leaf, signature=signature, public=public)
    other = msgspec.structs.replace(promise, submission=2)
    assert not receipts.check(other, leaf=leaf, signature=signature, public=public)
    assert not receipts.check(other, leaf=receipts.leaf_of(other), signature=signature, public=public)
    assert not receipts.check(promise, leaf=leaf, signature="zz", public=public)


@pytest.mark.parametrize(
    ("passphrase", "repeated", "objected"),
    [
        (NEW, NEW, []),
        ("short", "short", ["new_passphrase", "new_passphrase"]),
        ("li.jun-is-my-name", "li.jun-is-my-name", ["new_passphrase"]),
        ("a" * 20, "a" * 20, ["new_passphrase"]),
        (NEW, "other", ["repeated"]),
    ],
)
def test_passphrases(passphrase: str, repeated: str, objected: list[str]) -> None:
    found = rules.objections_to_passphrase(passphrase, account="li.jun", repeated=repeated)
    assert [o.field for o in found] == objected


def test_every_side_needs_a_keyholder() -> None:
    assert rules.objections_to_sides(list(Side)) == []
    assert [o.law for o in rules.objections_to_sides([Side.BUYER])] == ["HR-5", "HR-5"]
    assert [o.law for o in rules.objections_to_keyless(has_key=False)] == ["HR-5"]


async def test_change_passphrase_loses_no_share(town: Town) -> None:
    code = await tender_at("closed")
    client = await town.client("li.jun")
    body = {"old_passphrase": TURN["passphrase"], "new_passphrase": NEW, "repeated": NEW}
    wrong = await client.post("/keys/change-passphrase", json={**body, "old_passphrase": "wrong"})
    assert fields(wrong) == ["old_passphrase"]
    assert (await client.post("/keys/change-passphrase", json=body)).status_code == 200
    assert (await client.post(f"/tenders/{code}/turn-key", json=TURN)).status_code == 422
    assert (await client.post(f"/tenders/{code}/turn-key", json={"passphrase": NEW})).status_code == 200
    assert (await (await town.client("fei.xue")).post("/keys/change-passphrase", json=body)).status_code == 403


async def test_make_key_again_only_when_it_is_lost(town: Town) -> None:
    client = await town.client("yang.mei")
    body = {"new_passphrase": NEW, "repeated": NEW}
    assert fields(await client.post("/keys/make-key", json=body)) == ["lost"]
    made = await client.post("/keys/make-key", json={**body, "lost": True})
    assert made.status_code == 201, made.text
    assert (await client.get("/keys/mine")).json()["state"] == "in-use"
    assert (await (await town.client("fei.xue")).get("/keys/mine")).status_code == 404


async def test_the_receipt_holds_and_matches_once_it_is_open(town: Town) -> None:
    code = await tender_at("closed")
    client = await town.client("fei.xue")
    before = (await client.get(f"/tenders/{code}/receipt")).json()
    assert (before["holds"], before["matches_content"]) == (True, None)
    promise = msgspec.convert(before["promise"], receipts.Promise)
    public = (await (await town.client()).get("/receipts/key")).json()["public_key"]
    assert receipts.check(promise, leaf=before["leaf"], signature=before["signature"], public=public)
    await open_bids(town, code)
    assert (await client.get(f"/tenders/{code}/receipt")).json()["matches_content"] is True
    await rows("UPDATE bid SET price = price + 1 WHERE organization = '52000000MJ4000023C' AND price IS NOT NULL")
    assert (await client.get(f"/tenders/{code}/receipt")).json()["matches_content"] is False
    assert (await (await town.client("lei.hao")).get(f"/tenders/{code}/receipt")).status_code == 404


async def test_with_the_secret_and_the_database_no_submitted_bid_opens(town: Town) -> None:
    """Try every key that the secret gives on every wrapped key and content of submitted bids."""
    found = await rows(
        "SELECT b.code, b.content, b.content_key, t.code AS tender FROM bid b JOIN tender t ON t.id = b.tender"
        " WHERE b.state = 'submitted'"
    )
    assert len(found) >= 4
    server = ServerKeyHolder(SECRET)
    for bid in found:
        for subject in (f"bid:{bid['code']}", f"draft:{bid['code']}", f"quote:{bid['code']}"):
            with pytest.raises(BrokenSeal):
                server.unwrap(bid["content_key"], tender=bid["tender"], subject=subject)
        for key in (hashlib.sha256(SECRET.encode()).digest(), SECRET.encode()[:32].ljust(32)):
            with pytest.raises(BrokenSeal):
                reopen(Offer, content=bid["content"], key=key)
