"""What a browser or a client sends, made into a typed form: every fault is found at once and named by its field.

A form is a frozen msgspec struct. Its field types say what is read: `Line`, `Name`, `Words`, `Amount`, `int`, `bool`,
`date`, `datetime`, an enumeration, or a list of these or of structs; `msgspec.Meta(title=…, description=…)` gives the
label and hint (English, translated when shown) and `extra={"law": …, "choices": …}` the rule and the page's choices.
"""

import base64
import re
import typing
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec

from market.base.clock import SHANGHAI
from market.base.fields import told_kind, unwrap
from market.base.money import parse_yuan
from market.base.refusal import Objection, Refused, say

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200, extra_json_schema={"x-kind": "line"})]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100, extra_json_schema={"x-kind": "name"})]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=5000, extra_json_schema={"x-kind": "words"})]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=200, extra_json_schema={"x-kind": "secret"})]
KeyFile = Annotated[
    str, msgspec.Meta(max_length=90_000, pattern="^[A-Za-z0-9+/]+={0,2}$", extra_json_schema={"x-kind": "key-file"})
]
"""A small file in base64 that is read and thrown away; a browser sends the file itself. Attachments go elsewhere."""
Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,39}$", extra_json_schema={"x-kind": "code"})]
Amount = Annotated[Decimal, msgspec.Meta(extra_json_schema={"x-kind": "amount", "format": "decimal"})]

F = TypeVar("F", bound=msgspec.Struct)
D = TypeVar("D", date, datetime)
_ROW = re.compile(r"^(?P<field>[a-z_]+)\.(?P<row>\d{1,3})(?:\.(?P<inner>[a-z_]+))?$")
_MOST_ROWS = 200
_LONGEST_SECRET = 200
_YEARS = range(1900, 2200)


def nest(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a browser's flat fields (`milestones.0.title`, repeated names as lists) into the shape of a JSON body.

    Rows in which everything is empty are dropped; what is not a row stays as it is.
    """
    nested: dict[str, Any] = {}
    rows: dict[str, dict[int, Any]] = {}
    for key, value in flat.items():
        match = _ROW.match(key)
        if not match:
            nested[key] = value
        elif match["inner"]:
            rows.setdefault(match["field"], {}).setdefault(int(match["row"]), {})[match["inner"]] = value
        else:
            rows.setdefault(match["field"], {})[int(match["row"])] = value
    for name, by_number in rows.items():
        kept = (by_number[n] for n in sorted(by_number))
        nested[name] = [r for r in kept if (any(v not in ("", None) for v in r.values()) if isinstance(r, dict) else r)]
    return nested


def flatten(nested: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Turn what `nest` made back into a browser's names and values, for carrying entries from page to page.

    What begins with an underscore is the page's own and stays behind.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in nested.items():
        if name.startswith("_"):
            continue
        for number, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, Mapping):
                pairs += [(f"{name}.{number}.{inner}", str(v)) for inner, v in one.items() if v not in ("", None)]
            elif one not in ("", None):
                pairs.append((name, str(one)))
    return pairs


def packed(nested: Mapping[str, Any]) -> str:
    """Return entries as one text that a form can carry to another page; `unpacked` reads it."""
    return msgspec.json.encode(flatten(nested)).decode()


def unpacked(text: str) -> list[tuple[str, str]]:
    """Return the names and values of packed entries; [] when the text is none of ours."""
    try:
        return msgspec.json.decode(text, type=list[tuple[str, str]])
    except (msgspec.DecodeError, UnicodeEncodeError):
        return []


def bytes_of(sent: str, *, field: str) -> bytes:
    """Return the content of a file that came in base64. Raises Refused when it is none."""
    try:
        return base64.b64decode(sent, validate=True)
    except ValueError:
        raise Refused([Objection(field, say("This is not in the expected form."))]) from None


def decode(form: type[F], raw: Mapping[str, Any]) -> F:
    """Read a form from a nested mapping of strings or JSON values.

    Raises Refused with every faulty field at once; a row's field is named `milestones.0.share`.
    """
    value, faults = _struct(form, raw, "")
    if faults:
        raise Refused(faults)
    assert value is not None  # noqa: S101  no faults, so there is a form
    return value


@cache
def _fields_of(form: type[msgspec.Struct]) -> tuple[tuple[msgspec.structs.FieldInfo, Any, list[msgspec.Meta]], ...]:
    """Return a form's fields with what their types say; asked once for each form, since annotations are read slowly."""
    return tuple((field, *unwrap(field.type)) for field in msgspec.structs.fields(form))


def _struct(form: type[F], raw: Mapping[str, Any], prefix: str) -> tuple[F | None, list[Objection]]:
    values: dict[str, Any] = {}
    faults: list[Objection] = []
    for field, plain, metas in _fields_of(form):
        name = prefix + field.encode_name
        given = raw.get(field.encode_name)
        if given is None or (given in ("", [])):
            if plain is bool and field.required and field.encode_name not in raw:
                values[field.name] = False
            elif field.required:
                faults.append(Objection(name, say("This field must be filled in.")))
            continue
        read = list(_read(plain, metas, given, name))
        bad = [r for r in read if isinstance(r, Objection)]
        faults.extend(bad)
        if not bad:
            values[field.name] = read[0]
    return (None, faults) if faults else (form(**values), [])


def _read(plain: Any, metas: list[msgspec.Meta], given: Any, name: str) -> Iterator[Any]:
    """Yield the one value read, or objections."""
    if typing.get_origin(plain) is list:
        yield from _read_list(plain, given, name)
    elif isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        if not isinstance(given, Mapping):
            yield Objection(name, say("This must be a group of fields."))
            return
        value, faults = _struct(plain, given, name + ".")
        if faults:
            yield from faults
        else:
            yield value
    elif plain is str:
        yield _text(given, metas, name)
    elif plain is bool:
        yield _tick(given, name)
    else:
        yield _scalar(plain, metas, given, name)


def _read_list(plain: Any, given: Any, name: str) -> Iterator[Any]:
    (inner,) = typing.get_args(plain)
    inner_plain, inner_metas = unwrap(inner)
    if isinstance(given, Mapping):
        yield Objection(name, say("This is not in the expected form."))
        return
    several = given if isinstance(given, list) else [given]
    if len(several) > _MOST_ROWS:
        yield Objection(name, say("At most {most} rows can be given.", most=_MOST_ROWS))
        return
    values: list[Any] = []
    faults: list[Objection] = []
    for number, one_given in enumerate(several):
        for value in _read(inner_plain, inner_metas, one_given, f"{name}.{number}"):
            (faults if isinstance(value, Objection) else values).append(value)
    if faults:
        yield from faults
    else:
        yield values


def _tick(given: Any, name: str) -> bool | Objection:
    if isinstance(given, bool):
        return given
    if str(given).lower() in ("on", "true", "1", "yes"):
        return True
    if str(given).lower() in ("off", "false", "0", "no"):
        return False
    return Objection(name, say("This must be yes or no."))


def _text(given: Any, metas: list[msgspec.Meta], name: str) -> str | Objection:
    if not isinstance(given, str):
        return Objection(name, say("This must be text."))
    kind = told_kind(metas)
    if kind == "secret":
        # Taken as typed: a password may begin or end with a space.
        fits = len(given) <= _LONGEST_SECRET
        return (
            given
            if fits
            else Objection(name, say("This is too long: at most {most} characters.", most=_LONGEST_SECRET))
        )
    text = unicodedata.normalize("NFC", given.replace("\r\n", "\n")).strip()
    shown = text.replace("\n", "") if kind == "words" else text
    # What is printable throughout hides nothing, and is told at once; otherwise each character is looked at.
    if not shown.isprintable() and any(_is_hidden(c) for c in shown):
        return Objection(
            name, say("This contains invisible or direction-changing characters; please type it without them.")
        )
    if kind == "name" and any(unicodedata.category(c) in ("So", "Sk", "Sm") for c in text):
        return Objection(name, say("A name cannot contain emoji or symbols."))
    least = max((m.min_length for m in metas if m.min_length is not None), default=0)
    most = min((m.max_length for m in metas if m.max_length is not None), default=5000)
    if len(text) < least:
        return Objection(
            name,
            say("This field must be filled in.")
            if least == 1
            else say("This is too short: at least {least} characters.", least=least),
        )
    if len(text) > most:
        return Objection(name, say("This is too long: at most {most} characters.", most=most))
    pattern = next((m.pattern for m in metas if m.pattern), None)
    if pattern and not re.search(pattern, text):
        return Objection(name, say("This is not in the expected form."))
    return text


def _is_hidden(character: str) -> bool:
    # Cc controls, Cf invisible and bidirectional marks, Co private use, Cs lone surrogates, Cn unassigned
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn") and character != "\u200d"


def _scalar(plain: Any, metas: list[msgspec.Meta], given: Any, name: str) -> Any:
    if isinstance(given, (dict, list, bool)):
        return Objection(name, say("This is not in the expected form."))
    try:
        text = str(given).strip()
        if plain is Decimal and told_kind(metas) == "amount":
            return _bounded(parse_yuan(text), metas, name)
        if plain is Decimal:
            value = Decimal(text)
            return _bounded(value, metas, name) if _is_plain(value, text) else _WORDS[Decimal](name)
        if plain is int:
            return _bounded(int(text), metas, name) if re.fullmatch(r"-?[0-9]{1,9}", text) else _WORDS[int](name)
        if plain is date:
            return _in_our_time(date.fromisoformat(text))
        if plain is datetime:
            moment = _in_our_time(datetime.fromisoformat(text))
            return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        return plain(text)
    except (ValueError, ArithmeticError, OverflowError):
        if plain is Decimal and told_kind(metas) == "amount":
            return Objection(name, say("An amount in yuan has digits and at most two decimals, such as 480000.00."))
        make = _WORDS.get(plain)
        return make(name) if make else Objection(name, say("This is not one of the choices."))


def _in_our_time(value: D) -> D:
    """Return the day or moment; raises ValueError at the ends of the calendar, where nothing can be reckoned."""
    if value.year not in _YEARS:
        raise ValueError(value)
    return value


_WORDS = {
    Decimal: lambda name: Objection(name, say("This must be a number.")),
    int: lambda name: Objection(name, say("This must be a whole number.")),
    date: lambda name: Objection(name, say("This must be a day such as 2026-03-02.")),
    datetime: lambda name: Objection(name, say("This must be a moment such as 2026-03-02T09:00.")),
}


def _is_plain(value: Decimal, text: str) -> bool:
    """Tell whether a number is short and of a size that arithmetic and columns hold; exponents may write any size."""
    return value.is_finite() and max(len(text), abs(value.adjusted())) < 20  # noqa: PLR2004


def _bounded(value: Any, metas: list[msgspec.Meta], name: str) -> Any:
    for meta in metas:
        if meta.ge is not None and value < meta.ge:
            return Objection(name, say("This must be at least {least}.", least=meta.ge))
        if meta.gt is not None and value <= meta.gt:
            return Objection(name, say("This must be more than {least}.", least=meta.gt))
        if meta.le is not None and value > meta.le:
            return Objection(name, say("This must be at most {most}.", most=meta.le))
    return value
