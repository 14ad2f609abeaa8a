"""What may stand in a file once, asked without a database."""

from typing import Any

import pytest

from catalogs.rules.imports import keys_of
from market.base.sheets import Line


def line(**values: Any) -> Line:
    return Line(row=2, values=values, faults=[])


@pytest.mark.parametrize(
    ("kind", "first", "second", "clash"),
    [
        # One service named by its code, then by its name.
        ("menu", ("M004", {"code": "M004", "unit_zh": "人次"}), ("M004", {"name_zh": "助餐"}), 1),
        # Two services cannot take one name.
        ("menu", ("M004", {"code": "M004", "name_zh": "助浴"}), ("", {"name_zh": "助浴"}), 1),
        ("menu", ("M004", {"code": "M004", "name_zh": "助浴"}), ("M005", {"code": "M005", "name_zh": "助洁"}), 0),
        ("organizations", ("X", {"code": "X"}), ("X", {"code": "X", "name": "另名"}), 1),
        ("abnormal", ("X", {"code": "X", "from_on": "1"}), ("X", {"code": "X", "from_on": "2"}), 0),
    ],
)
def test_what_stands_in_a_file_once(
    kind: str, first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]], clash: int
) -> None:
    keys = [set(keys_of(kind=kind, line=line(**said), code=code)) for code, said in (first, second)]
    assert len(keys[0] & keys[1]) == clash
