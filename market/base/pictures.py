"""Pictures that strangers send: opened only as what they are, made small, and written anew without what they tell.

A photo from a telephone carries where and when it was taken, by which device. Writing the picture anew leaves all of
that behind, and whatever else was hidden in the file.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from market.base.refusal import Objection, Refused, say

LARGEST = 12_000_000
_KINDS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 1600
_QUALITY = 82


def clean_picture(content: bytes) -> bytes:
    """Return a picture as a JPEG of at most 1600 pixels a side, turned as its camera meant and without any notes.

    Refused when it is too large, or is no JPEG, PNG or WebP; the pixels are counted before they are unpacked.
    """
    if len(content) > LARGEST:
        raise Refused(
            [Objection("file", say("The photo is larger than {megabytes} MB.", megabytes=LARGEST // 1_000_000))]
        )
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Refused([Objection("file", say("The photo has too many pixels; send a smaller one."))])
            turned = ImageOps.exif_transpose(opened).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as fault:
        raise Refused([Objection("file", say("This is no photo: send a JPEG, PNG or WebP picture."))]) from fault
    turned.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    plain = Image.new("RGB", turned.size)
    plain.paste(turned)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
