import io

import pytest
from PIL import Image

from market.base.pictures import LARGEST, clean_picture
from market.base.refusal import Refused


def picture(size: tuple[int, int], kind: str = "JPEG", *, turned: bool = False) -> bytes:
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    exif[0x010F] = "a telephone"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, kind, exif=exif)
    return written.getvalue() + b"hidden behind the picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_picture_is_left(kind: str) -> None:
    sent = picture((400, 200), kind)
    clean = clean_picture(sent)
    assert clean.startswith(b"\xff\xd8\xff")
    assert b"telephone" in sent
    assert b"telephone" not in clean
    assert b"hidden" not in clean
    with Image.open(io.BytesIO(clean)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((400, 200), {})


def test_it_is_turned_as_its_camera_meant_and_made_small() -> None:
    with Image.open(io.BytesIO(clean_picture(picture((4000, 2000), turned=True)))) as kept:
        assert kept.size == (800, 1600)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture((40, 40))[:200],
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff" + bytes(LARGEST),
    ],
)
def test_what_is_no_photo_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused):
        clean_picture(sent)


def test_a_picture_that_would_unfold_to_gigabytes_is_not_unpacked() -> None:
    written = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(written, "PNG")
    assert len(written.getvalue()) < LARGEST
    with pytest.raises(Refused):
        clean_picture(written.getvalue())
