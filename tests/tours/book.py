"""The tours in their order, and the documents that are written from them, in English and in Chinese."""

from pathlib import Path

from market.base.lifecycle import HOUSE
from market.base.wording import words
from market.desk.demo import PASSWORD
from market.seed.people import PEOPLE
from tests.tours.organizations import EVALUATOR, EXPERT, ORGANIZATION
from tests.tours.others import ADMINISTRATOR, AUDITOR, KEEPER, RESIDENT
from tests.tours.street import PURCHASER, REVIEWERS
from tests.tours.telling import Step, Tour

FOLDER = Path(__file__).parents[2] / "docs" / "tours"
TOURS = (PURCHASER, REVIEWERS, ORGANIZATION, EXPERT, RESIDENT, EVALUATOR, AUDITOR, KEEPER, ADMINISTRATOR)
LANGUAGES = ("en", "zh")
_NAMES = {person.login: person.name for person in PEOPLE}
_WORDS = {
    "begin": (
        (
            f"Start `./dev demo` and open the address it prints. The password is always `{PASSWORD}`. The town is that"
            " of its first day, Monday 2 March 2026, nine o’clock; the pictures show its Chinese pages."
        ),
        f"运行 `./dev demo` 并打开所显示的网址。密码一律为 `{PASSWORD}`。演示停在第一天：2026年3月2日星期一9时。",
    ),
    "sign-in": ("Sign in as {name} `{login}`.", "以{name}（`{login}`）登录。"),
    "sign-out": ("Nobody signs in for this.", "这一步不需要登录。"),
    "whoever": ("Sign in as an expert who has “{act}” waiting.", "以首页有“{act}”待办的专家登录。"),
    "open": ("Open `{at}`", "打开 `{at}`"),
    "press": (" and press **{act}**", "，点击 **{act}**"),
    "picture": ("The page of step {number}", "第{number}步的页面"),
    "all": ("All tours", "全部导览"),
    "other": ("中文", "English"),
    "title": ("Ten minutes in each role", "各角色十分钟导览"),
}


def name_of(tour: Tour, lang: str) -> str:
    """Return the name of a tour's document."""
    return f"{tour.name}.md" if lang == "en" else f"{tour.name}.zh.md"


def documents() -> dict[str, str]:
    """Return every document by its file's name: each tour in both languages, and the two lists of tours."""
    made = {name_of(tour, lang): _document(tour, lang) for tour in TOURS for lang in LANGUAGES}
    return {**made, "README.md": _list("en"), "README.zh.md": _list("zh")}


def _say(key: str, lang: str, **values: str) -> str:
    return _WORDS[key][LANGUAGES.index(lang)].format(**values)


def _list(lang: str) -> str:
    at = LANGUAGES.index(lang)
    lines = [f"- [{tour.title[at]}]({name_of(tour, lang)}): {tour.words[at]}" for tour in TOURS]
    return "\n".join([f"# {_say('title', lang)}", "", _say("begin", lang), "", *lines, ""])


def _document(tour: Tour, lang: str) -> str:
    at = LANGUAGES.index(lang)
    lists, other = ("README.md", "zh") if lang == "en" else ("README.zh.md", "en")
    links = f"[{_say('all', lang)}]({lists}) · [{_say('other', lang)}]({name_of(tour, other)})"
    lines = [f"# {tour.title[at]}", "", tour.words[at], "", _say("begin", lang), "", links, ""]
    before = None
    for number, step in enumerate(tour.steps, 1):
        lines += _lines(step, number=number, lang=lang, signs_in=step.who != before)
        before = step.who
    return "\n".join(lines)


def _lines(step: Step, *, number: int, lang: str, signs_in: bool) -> list[str]:
    stop = "." if lang == "en" else "。"
    act = words(HOUSE.steps[step.act][1].label, "zh-CN") if step.act else ""
    where = _say("open", lang, at=step.at) + (_say("press", lang, act=act) if act else "") + stop
    told = [_sign_in(step.who, lang) if signs_in else "", where, step.en if lang == "en" else step.zh]
    lines = [f"{number}. " + (" " if lang == "en" else "").join(part for part in told if part), ""]
    for picture in (step.picture, step.picture_after):
        if picture:
            lines += [f"   ![{_say('picture', lang, number=str(number))}]({picture}.png)", ""]
    return lines


def _sign_in(who: str, lang: str) -> str:
    if not who:
        return _say("sign-out", lang)
    if who.startswith("whoever: "):
        act = who.removeprefix("whoever: ").split(" on ")[0]
        return _say("whoever", lang, act=words(HOUSE.steps[act][1].label, "zh-CN"))
    return _say("sign-in", lang, name=_NAMES[who], login=who)
