"""Names of files as people send them, made harmless; and the headers under which a file is handed out again."""

import unicodedata
from urllib.parse import quote

LONGEST_NAME = 120
_UNNAMED = "file"
_SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg"})
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def extension_of(name: str) -> str:
    """Return the ending of a file's name in lower case without its dot, "" when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and (stem or ending) else ""


def clean_name(name: str) -> str:
    """Return a file's name without folders, control, direction and invisible characters, at most 120 long.

    The ending survives the shortening; a name of which nothing is left becomes "file".
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    spaced = "".join(" " if sign.isspace() else sign for sign in last)
    visible = "".join(sign for sign in spaced if unicodedata.category(sign) not in _HARMFUL)
    tidy = " ".join(visible.split()).rstrip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        return tidy[:LONGEST_NAME] or _UNNAMED
    ending = ending.strip()[: LONGEST_NAME // 4]
    stem = stem.strip(". ")[: LONGEST_NAME - len(ending) - 1].rstrip(". ")
    return f"{stem or _UNNAMED}.{ending}"


def disposition(*, name: str, media_type: str) -> dict[str, str]:
    """Return the headers under which a stored file is served: never guessed at, and shown in place only if harmless.

    Only PDF, PNG and JPEG may open in the browser; all else is saved by it, text and anything like HTML included.
    """
    safe = clean_name(name)
    way = "inline" if media_type in _SHOWN_IN_PLACE else "attachment"
    plain = "".join(sign if sign.isascii() and sign not in '"\\%;' else "_" for sign in safe)
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return {
        "Content-Type": content_type,
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
