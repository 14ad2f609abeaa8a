"""The streets that were called otherwise before, so that documents of those years still find who works there now.

Source: the National Bureau of Statistics' division codes of 2023 for the codes and names. The old names and the year
of their end are from memory and not yet compared with the decision that changed them.
"""

import re

import msgspec

from catalogs.states import Checked

_BETWEEN = re.compile(r"[\s、，,;；/·。.]+")
_LONGEST_AREA = 20
_MOST_AREAS = 20


class Formerly(msgspec.Struct, frozen=True, kw_only=True):
    """A name that a street bore until a year."""

    name: str
    until_year: int
    source: str
    checked: Checked


class Street(msgspec.Struct, frozen=True, kw_only=True):
    """A street with its statistical code, as it is called now and was called before."""

    code: str
    name: str
    formerly: tuple[Formerly, ...]


RENAMED: tuple[Street, ...] = (
    Street(
        code="310109018000",
        name="北外滩街道",
        formerly=(
            Formerly(
                name="提篮桥街道",
                until_year=2018,
                source="国家统计局统计用区划代码（2023年）所载现名；更名年份凭记忆",
                checked=Checked.UNVERIFIED,
            ),
        ),
    ),
)
"""The streets whose name changed; an old name stays an alias for ever."""

_NOW = {old.name: street.name for street in RENAMED for old in street.formerly}


def areas_of(text: str) -> tuple[str, ...]:
    """Return the areas that a text names, as they are called now, each once.

    >>> areas_of("提篮桥街道、嘉兴路街道，北外滩街道")
    ('北外滩街道', '嘉兴路街道')
    """
    parts = [part for part in _BETWEEN.split(text) if 1 < len(part) <= _LONGEST_AREA]
    return tuple(dict.fromkeys(_NOW.get(part, part) for part in parts))[:_MOST_AREAS]


def other_names(*texts: str) -> tuple[str, ...]:
    """Return what the streets that these texts name are or were called besides.

    >>> other_names("北外滩街道办事处")
    ('提篮桥街道',)
    """
    whole = "\n".join(texts)
    found: list[str] = []
    for street in RENAMED:
        names = (street.name, *(old.name for old in street.formerly))
        said = [name for name in names if name.removesuffix("街道") in whole]
        found += [name for name in names if said and name not in said]
    return tuple(found)
