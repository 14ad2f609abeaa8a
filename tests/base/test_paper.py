"""Paper: fonts embedded, nothing printed blank, tables that run over pages, equal bytes for equal content."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from market.base.paper import PRESS, Column, Paper, Signature, fonts
from market.base.paper.sheet import Press
from market.base.paper.typesetting import Style, Type


@pytest.fixture
def type_() -> Type:
    return Type(PRESS.faces)


def paper(**named: object) -> Paper:
    return Paper(**{"title": "为老服务项目合同", "code": "CT-2026-0001", "demo": False, **named})  # type: ignore[arg-type]


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf: bytes) -> Iterator[dict[str, object]]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            yield font.get_object()


def test_every_font_is_embedded() -> None:
    pdf = paper(demo=True).text("乙方𠮷祥 English 한").pdf()
    found = list(fonts_of(pdf))
    assert found
    assert all("/FontFile2" in font["/FontDescriptor"] for font in found)  # type: ignore[operator]


def test_text_can_be_read_back() -> None:
    pdf = (
        paper(subtitle="甲乙双方")
        .facts([("甲方", "北外滩街道办事处"), ("备注", "")])
        .heading("一、标的")
        .table(columns=["序号", Column("金额", 2, "right")], rows=[["1", "240,000.00"]])
        .amount("合同金额", Decimal("480000.00"))
        .signatures([Signature("甲方", "王芳", date(2026, 3, 2)), Signature("乙方")])
        .pdf()
    )
    [page] = read(pdf)
    for words in ("为老服务项目合同", "甲乙双方", "北外滩街道办事处", "—", "一、标的", "240,000.00"):
        assert words in page
    for words in ("￥480,000.00", "肆拾捌万元整"):
        assert words in page
    for words in ("签署人：王芳", "2026年3月2日", "编号 CT-2026-0001", "第 1 页，共 1 页"):
        assert words in page


def test_the_frame_speaks_english() -> None:
    [page] = read(paper(lang="en").amount("Amount", Decimal("1.50")).signatures([Signature("Buyer")]).pdf())
    for words in ("Page 1 of 1", "No. CT-2026-0001", "Amount (in capitals)", "壹元伍角", "Signed by"):
        assert words in page


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("𠮷䶮㛃", "𠮷䶮㛃"),
        ("金정은", "金정은"),
        ("笑😀", "笑〔U+1F600〕"),
        ("名\u202e字", "名〔U+202E〕字"),
        ("零\u200b宽", "零〔U+200B〕宽"),
        ("residents’ “老人”", "residents' “老人”"),
        ("\ud800", "〔U+D800〕"),
        ("שלום", "〔U+05E9〕〔U+05DC〕〔U+05D5〕〔U+05DD〕"),
    ],
)
def test_nothing_is_printed_blank(text: str, printed: str) -> None:
    [page] = read(paper().text(text).pdf())
    assert printed in page


def test_equal_content_gives_equal_bytes_and_other_content_another_fingerprint() -> None:
    one, two, other = (paper().text(words) for words in ("服务台账", "服务台账", "服务台帐"))
    assert one.pdf() == two.pdf()
    assert one.fingerprint == two.fingerprint != other.fingerprint
    assert one.fingerprint in read(one.pdf())[0]


def test_the_header_of_a_table_is_repeated_and_no_row_is_lost() -> None:
    rows = [[f"R{number:03}", "验收合格后支付。" * (number % 9)] for number in range(90)]
    pages = read(paper().table(columns=["编号列", "说明列"], rows=rows).pdf())
    assert len(pages) > 2
    assert all("编号列" in page and "说明列" in page for page in pages)
    assert [row[0] for row in rows if row[0] not in "".join(pages)] == []
    assert f"第 1 页，共 {len(pages)} 页" in pages[0]


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    pages = read(paper().table(columns=["a", "b"], rows=[["短", "长文" * 3000], ["尾", "行"]]).pdf())
    assert len(pages) > 1
    assert "".join(pages).replace("\n", "").count("长文") >= 2990
    assert "尾" in pages[-1]


def test_long_prose_runs_over_pages() -> None:
    pages = read(paper().text("\n".join(f"第{n}条 乙方应当提供服务。" for n in range(120))).pdf())
    assert len(pages) > 1
    assert "第119条" in pages[-1]


def test_latin_words_stay_whole_and_marks_keep_their_place(type_: Type) -> None:
    text = "向辖区内独居老人提供accessibility服务（每月），每周。" * 5
    lines = type_.lines(text, style=Style(size=10), room=130)
    assert "".join(lines) == text
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)
    assert sum("accessibility" in line for line in lines) == 5


def test_a_string_without_any_break_is_cut(type_: Type) -> None:
    lines = type_.lines("x" * 300, style=Style(size=10), room=100)
    assert "".join(lines) == "x" * 300
    assert all(type_.width(line, Style(size=10)) <= 100 for line in lines)


def test_demo_papers_say_so_on_every_page() -> None:
    pages = read(paper(demo=True).text("字\n" * 100).pdf())
    assert len(pages) > 1
    assert all("演示数据 / demo data" in page for page in pages)
    assert "演示数据" not in read(paper().text("字").pdf())[0]


def test_an_empty_table_is_left_out() -> None:
    assert "列" not in read(paper().table(columns=["列"], rows=[]).pdf())[0]


def test_the_press_says_whether_it_is_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRESS, "demo", True)
    assert "演示数据" in read(Paper(title="题", code="X-1").pdf())[0]


def test_fonts_are_kept_where_one_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    press.furnish(demo=False, spare=tmp_path / "spare")
    assert press.faces._cache == tmp_path / "home" / ".cache" / "shecai" / "fonts"
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    press.furnish(demo=False, spare=tmp_path / "spare")
    assert press.faces._cache == tmp_path / "spare"
    press.furnish(demo=True, cache=tmp_path / "own")
    assert press.faces._cache == tmp_path / "own"


def test_two_makers_of_one_face_leave_one_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make = fonts._make
    monkeypatch.setattr(fonts, "_make", lambda *given: (made.append(given), make(*given)))
    with ThreadPoolExecutor(2) as pool:
        faces = [pool.submit(fonts.Faces(tmp_path)._face, "JP", "Regular") for _ in range(2)]
        assert {face.result().fontName for face in faces} == {"NotoSansJP-Regular"}
    assert made == [("JP", "Regular", "NotoSansJP-Regular", made[0][3])]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".ttf"] == [made[0][3].name]
