"""The catalogues: what is said is found wherever it is said, and every kind of fault is told with its place."""

from pathlib import Path

import pytest

from market.base import words

_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    catalogues = tmp_path / "market" / "locale" / "zh_CN" / "LC_MESSAGES"
    catalogues.mkdir(parents=True)
    for folder in ("catalogs", "contracts", "evaluations", "templates"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(words, "_ROOT", tmp_path)
    monkeypatch.setattr(words, "_CATALOGUES", catalogues)
    monkeypatch.setattr(words, "_of_forms", dict)
    words.translations.cache_clear()
    return tmp_path


def _write(house: Path, name: str, *entries: str) -> None:
    path = house / "market" / "locale" / "zh_CN" / "LC_MESSAGES" / f"{name}.po"
    path.write_text(_HEADER + "\n\n".join(entries) + "\n", encoding="utf-8")


def _entry(msgid: str, msgstr: str, mark: str = "") -> str:
    return f'{mark}msgid "{msgid}"\nmsgstr "{msgstr}"'


def test_words_are_found_in_code_and_templates(house: Path) -> None:
    (house / "contracts" / "rules.py").write_text(
        'say("One {n}", n=1)\nsay("Two"\n    " halves")\ngettext(lang, "Three")\n'
        '_answer_trouble(request, status=1, title="Four")\n_TITLES = {400: "Five"}\nsay(variable)\n'
    )
    (house / "templates" / "page.html").write_text(
        '<p title="{{ _("Six") }}">{% if x %}{{ _("Seven") }}{% endif %}</p>'
    )
    assert set(words.said()) == {"One {n}", "Two halves", "Three", "Four", "Five", "Six", "Seven"}
    assert words.said()["Seven"] == "templates/page.html:1"


def test_complete_catalogues_have_no_faults_and_translate(house: Path) -> None:
    (house / "contracts" / "rules.py").write_text('say("One {n}")\nsay("Two")\n')
    _write(house, "contracts", _entry("One {n}", "第{n}"))
    _write(house, "base", _entry("Two", "二"))
    assert words.faults() == []
    assert words.unused() == []
    chinese = words.translations("zh-CN")
    assert chinese.gettext("One {n}") == "第{n}"
    assert chinese.gettext("Unknown") == "Unknown"
    assert words.translations("en").gettext("Two") == "Two"


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((), "contracts/rules.py:1: not translated: 'One {n}'"),
        ((_entry("One {n}", ""),), "contracts.po: left empty: 'One {n}'"),
        ((_entry("One {n}", "第{m}"),), "contracts.po: names other values: 'One {n}'"),
        ((_entry("One {n}", "第"),), "contracts.po: names other values: 'One {n}'"),
        ((_entry("One {n}", "第{n}", "#, fuzzy\n"),), "contracts.po: marked as uncertain: 'One {n}'"),
        ((_entry("One {n}", "第{n}"), _entry("One {n}", "第{n}")), "contracts.po: written twice: 'One {n}'"),
    ],
)
def test_every_fault_is_told(house: Path, entries: tuple[str, ...], fault: str) -> None:
    (house / "contracts" / "rules.py").write_text('say("One {n}")\n')
    _write(house, "contracts", *entries)
    assert words.faults() == [fault]


def test_rooms_that_contradict_each_other_are_told_and_rooms_that_agree_are_not(house: Path) -> None:
    (house / "contracts" / "rules.py").write_text('say("One")\nsay("Two")\n')
    _write(house, "contracts", _entry("One", "一"), _entry("Two", "二"))
    _write(house, "evaluations", _entry("One", "壹"), _entry("Two", "二"))
    assert words.faults() == ["evaluations.po: says it differently from contracts.po: 'One'"]


def test_what_is_no_longer_said_is_listed(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(house, "contracts", _entry("Gone", "没了"))
    assert words.main(["check"]) == 0
    assert capsys.readouterr().out == ""
    assert words.main(["report"]) == 0
    assert capsys.readouterr().out == "contracts.po: no longer said: 'Gone'\n"
