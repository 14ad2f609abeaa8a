import unicodedata
from collections.abc import Iterable

import pytest
from pypinyin import lazy_pinyin

from market.base.terms import LONGEST_TERM, marked, snippet, sort_key, sought, terms


def finds(query: str, *names: str, also: Iterable[str] = ()) -> bool:
    """Whether a record of these names and texts answers a query, as the index answers it."""
    kept, wanted = set(terms(*names, also=also)), sought(query)
    assert wanted is not None
    return any(set(way) <= kept for way in (*wanted.names, wanted.anywhere) if way)


def test_what_is_kept_of_a_name() -> None:
    assert terms("助餐") == (".助餐", "can", "zhu", "zhucan", "~zc", "助", "助餐", "餐")
    assert terms("Elder") == (".elder", "el", "eld", "elde", "elder")
    assert terms("", "😀 \u202e") == ()


@pytest.mark.parametrize("name", ["重庆路银行", "长者照护之家（一期）", "音乐与行走·乐龄123号", "㐂𠀀街道", "Ａ示例"])
def test_parts_that_are_read_once_are_read_as_in_their_sentence(name: str) -> None:
    plain = unicodedata.normalize("NFKC", name).casefold()
    assert sort_key(name) == " ".join(" ".join(lazy_pinyin(plain)).split())


def test_texts_are_kept_by_pairs_and_whole_words_only() -> None:
    assert terms(also=("送餐到家 twice",)) == (".twice", ".到家", ".送餐", ".餐到")


@pytest.mark.parametrize(
    "query",
    [
        "助餐",
        "老年助餐",
        "餐",
        "zhucan",
        "laonianzhucan",
        "zhu can",
        "zc",
        "lnzc",
        "ＺＣ",
        "meal",
        "MEALS",
        "T-2026-0014",
        "t-2026",
        "0014",
        "助餐 meals",
        "助餐 zc",
        "送餐",
        "送餐 助餐",
    ],
)
def test_a_notice_is_found_by(query: str) -> None:
    assert finds(query, "T-2026-0014", "老年助餐服务", "Meals for elders", also=("每日送餐上门",))


@pytest.mark.parametrize("query", ["餐助", "canzhu", "cz", "eals", "songcan", "助餐 没有", "T-2026-0015", "送"])
def test_a_notice_is_not_found_by(query: str) -> None:
    assert not finds(query, "T-2026-0014", "老年助餐服务", "Meals for elders", also=("每日送餐上门",))


def test_syllables_are_cut_in_every_way() -> None:
    assert finds("xian", "西安")
    assert finds("xian", "县里")
    assert finds("fangan", "方案")
    assert finds("lvse", "绿色")
    assert finds("zhangzhe", "长者照护")
    assert finds("chongqing", "重庆")


@pytest.mark.parametrize("query", ["", " ", "!?", "\u202e😀", "，。"])
def test_nothing_to_search_for(query: str) -> None:
    assert sought(query) is None


def test_a_query_is_read_fast_however_it_is_written() -> None:
    hostile = ["xian" * 49 + "q", "xian" * 50, "a" * 200, " ".join(["xian", "fangan", "nanan", "liangan"] * 20)]
    for query in hostile:
        wanted = sought(query)
        assert wanted is not None
        assert len(wanted.names) <= 12


def test_every_term_fits_its_column() -> None:
    kept = terms("a" * 60, "装床" * 40, "T-2026-123456789", also=("b" * 60, "x" * 9000))
    assert max(len(term) for term in kept) <= LONGEST_TERM
    assert all(len(term) <= LONGEST_TERM for way in sought("zhuangchuang" * 9 + " " + "b" * 60).names for term in way)  # type: ignore[union-attr]


def test_a_snippet_shows_where_a_word_stands() -> None:
    assert (
        snippet(["无", "甲" * 60 + "每日送餐上门" + "乙" * 60], words=("送餐",), around=10)
        == "…甲甲甲每日送餐上门乙乙乙乙乙乙…"
    )
    assert snippet(["Hot Meals"], words=("meals",)) == "Hot Meals"
    assert snippet(["别的"], words=("送餐",)) == ""


def test_words_are_marked() -> None:
    assert marked("老年助餐 Meals", ("助餐", "meals")) == [
        ("老年", False),
        ("助餐", True),
        (" ", False),
        ("Meals", True),
    ]
    assert marked("<b>", ("b",)) == [("<", False), ("b", True), (">", False)]
    assert marked("x", ()) == [("x", False)]
