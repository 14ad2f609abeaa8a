"""What is sealed stays sealed: other keys, altered, cut, moved or lengthened contents do not open."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.tendering.sealing import (
    CHUNK,
    BrokenSeal,
    Sealing,
    ServerKeyHolder,
    StreamSealer,
    Unsealing,
    new_key,
    seal,
    unseal,
)

START = len(Sealing(b"\0" * 32).start())
FRAME = CHUNK + 16
# Long enough that it does not turn up in random bytes by chance.
MARK = b"the clear text of a plan"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_contents_of_any_size_come_back(size: int) -> None:
    key = new_key()
    clear = bytes(i % 251 for i in range(size))
    assert unseal(seal(clear, key), key) == clear


@given(st.lists(st.binary(max_size=50_000), max_size=6), st.integers(min_value=1, max_value=70_000))
def test_pieces_may_be_cut_anywhere(pieces: list[bytes], step: int) -> None:
    key = new_key()
    sealing = Sealing(key)
    sealed = sealing.start() + b"".join(c for piece in pieces for c in sealing.update(piece)) + sealing.finish()
    unsealing = Unsealing(key)
    cuts = (sealed[i : i + step] for i in range(0, len(sealed), step))
    clear = b"".join(c for cut in cuts for c in unsealing.update(cut)) + unsealing.finish()
    assert clear == b"".join(pieces)


async def test_streams_are_sealed_for_the_store() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (MARK, b"x" * 200_000, b""):
            yield piece

    sealer = StreamSealer(new_key())
    sealed = [chunk async for chunk in sealer.seal(pieces())]
    assert MARK not in b"".join(sealed)

    async def stored() -> AsyncIterator[bytes]:
        for chunk in sealed:
            yield chunk

    assert b"".join([chunk async for chunk in sealer.unseal(stored())]) == MARK + b"x" * 200_000


def test_nothing_of_the_clear_text_is_in_the_sealed_one() -> None:
    phrase = "报价四十八万元整".encode()
    assert phrase not in seal(phrase * 20_000, new_key())


def test_an_altered_byte_does_not_open() -> None:
    key = new_key()
    sealed = bytearray(seal(b"x" * (CHUNK + 100), key))
    for place in (0, START, START + 10, START + FRAME + 3, len(sealed) - 1):
        altered = bytes(sealed[:place]) + bytes([sealed[place] ^ 1]) + bytes(sealed[place + 1 :])
        with pytest.raises(BrokenSeal):
            unseal(altered, key)


def test_chunks_cut_off_swapped_repeated_or_added_do_not_open() -> None:
    key = new_key()
    sealed = seal(b"".join(bytes([i]) * CHUNK for i in range(3)), key)
    start, frames = sealed[:START], [sealed[START + i * FRAME : START + (i + 1) * FRAME] for i in range(3)]
    for wrong in ([0, 1], [1, 0, 2], [0, 1, 1, 2], [0, 1, 2, 2], [0, 2], []):
        with pytest.raises(BrokenSeal):
            unseal(start + b"".join(frames[i] for i in wrong), key)
    with pytest.raises(BrokenSeal):
        unseal(b"", key)


def test_another_key_does_not_open() -> None:
    with pytest.raises(BrokenSeal):
        unseal(seal(b"price", new_key()), new_key())


def test_a_wrapped_key_opens_only_for_its_tender_subject_and_secret() -> None:
    holder = ServerKeyHolder("a" * 32)
    key = new_key()
    wrapped = holder.wrap(key, tender="T-2026-0001", subject="bid:B-1")
    assert key not in wrapped
    assert holder.unwrap(wrapped, tender="T-2026-0001", subject="bid:B-1") == key
    assert holder.wrap(key, tender="T-2026-0001", subject="bid:B-1") != wrapped
    for other, tender, subject, what in (
        (holder, "T-2026-0002", "bid:B-1", wrapped),
        (holder, "T-2026-0001", "bid:B-2", wrapped),
        (ServerKeyHolder("b" * 32), "T-2026-0001", "bid:B-1", wrapped),
        (holder, "T-2026-0001", "bid:B-1", b""),
    ):
        with pytest.raises(BrokenSeal):
            other.unwrap(what, tender=tender, subject=subject)
