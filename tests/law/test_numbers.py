"""No rule carries a number of the law in its code: it stands among the provisions, with article and days in force.

What is no number of the law is named here with its reason, so that a new number has to be thought about once.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from market.piccolo_conf import ROOMS

ROOT = Path(__file__).parents[2]
PLAIN = {0: "nothing", 1: "one, or the whole", 2: "a pair, half, or squared", 100: "per cent, and all points"}
PERIODS = {"timedelta", "add_days", "add_working_days", "subtract_working_days", "add_months"}
# In which module, under which name (a constant, a field or a function), and why it is no number of the law.
EXPLAINED: dict[str, dict[str, str]] = {
    "market/tendering/rules/rigging.py": {
        "ALIKE": "from which likeness two plans are shown side by side; the law names no share, the panel judges",
        "STRETCH": "how many letters in a row count as the same words",
        "_FEWEST_STEPS": "two steps are the fewest that can be regular",
    },
    "market/people/rules.py": {
        "FAILURES_ALLOWED": "sign-in is kept safe so; no rule of procurement",
        "SHORTEST_PASSWORD": "likewise",
        "LONGEST_TOKEN_DAYS": "likewise",
        "LOCKED_FOR": "likewise",
        "SESSION_LASTS": "likewise",
        "INVITATION_LASTS": "likewise",
        "REGISTRATION_LASTS": "likewise",
        "REQUESTS_COUNTED_OVER": "a bound against floods of mail",
        "REQUESTS_PER_MAIL": "likewise",
        "REQUESTS_PER_ORGANIZATION": "likewise",
        "REQUESTS_IN_ALL": "likewise",
        "objections_to_password": "different characters of a password",
    },
    "market/tendering/rules/draws.py": {"ticket_of": "how many digits of a digest tell two experts apart"},
    "market/tendering/rules/disputes.py": {"_MONTHS_A_YEAR": "the calendar's"},
    "market/tendering/rules/keys.py": {"SHORTEST_PASSPHRASE": "keys are kept safe so; no rule of procurement"},
    "market/law/rules/provisions.py": {"_STREET": "the order of places, nearest last"},
    "market/law/rules/holidays.py": {
        "_ALWAYS_OFF": "the days of the three holidays",
        "_LONGEST": "the days of a month",
        "_SATURDAY": "the calendar's",
        "_DECEMBER": "the calendar's",
    },
    "market/needs/rules/needs.py": {
        "_MONTHS_A_YEAR": "the calendar's",
        "_years_before": "the day before a leap day",
    },
    "market/needs/rules/suggestions.py": {
        "CODE_DIGITS": "a word sent to a telephone, short enough to type",
        "CODE_LASTS": "likewise, for as long as a message needs",
        "MOST_TRIES": "against guessing",
        "PROOF_LASTS": "likewise",
        "MOST_PHOTOS": "the length of a list",
        "least_alike": "how alike words must be to be offered; a person decides",
        "CODES_A_PHONE": "against floods",
        "CODES_A_PHONE_A_DAY": "against floods",
        "CODES_IN_ALL": "against floods",
        "SUGGESTIONS_A_VOICE": "against floods",
        "VOICES_A_SPEAKER": "against floods",
    },
    "market/needs/rules/issues.py": {"COLUMNS": "the widths of columns", "judge": "likewise"},
    "catalogs/rules/editions.py": {"FARTHEST": "nobody plans with an edition a year ahead; a guard against slips"},
    "catalogs/rules/listings.py": {"REMINDED_AT": "when reminders go out changes no term"},
    "catalogs/rules/organizations.py": {"years_after": "the day after a leap day"},
    "catalogs/rules/places.py": {
        "_LONGEST_AREA": "the length of a name",
        "_MOST_AREAS": "the length of a list",
        "RENAMED": "the year in which a name ended",
    },
    "catalogs/rules/searches.py": {
        "_FEBRUARY, _LEAP_DAY": "the calendar's",
        "LONGEST_NAME": "the length of a name",
        "MOST_KEPT": "the length of a list",
        "_LOOK_AT": "a time of the morning",
    },
    "catalogs/rules/sheets.py": {"*": "the widths of columns"},
    "market/tendering/rules/award.py": {"_clock_on": "how many days are remembered"},
    "market/tendering/rules/course.py": {
        "_HOUR, _MINUTE": "the clock's",
        "time_left": "the clock's",
        "course_of": "a place in a tuple",
    },
    "market/tendering/rules/notice.py": {
        "_MONTHS_A_YEAR": "the calendar's",
        "_SHARE_PLACES": "a per cent with two decimals",
        "_schedule_on": "how many days are remembered",
    },
    "market/tendering/rules/terms.py": {"panel_size": "what a form begins with; E-3 judges it"},
    "contracts/agenda.py": {"WARNED_AHEAD": "a courtesy to the payer; no law asks for a warning"},
    "contracts/rules/changes.py": {"_PLACES": "places of a share, so that amounts come out to the cent"},
    "contracts/rules/performance.py": {"_MOST": "the largest number a column takes"},
    "contracts/rules/terms.py": {"_years_later": "the day after a leap day"},
    "evaluations/rules/acting.py": {
        "MOST_BENEFICIARIES": "the most slips that are made",
        "_LEAST_EVIDENCE": "the length of a text",
    },
    "evaluations/rules/scoring.py": {"SHORTEST_REASON": "the length of a text"},
    "evaluations/rules/surveys.py": {
        "CHOICES": "the order of the answers on the slip",
        "_SCALE": "likewise; what each is worth is a provision",
        "_QUARTER": "the widest spread of a share, mathematics",
        "_WORD_BYTES": "the length of a secret word",
        "_TENTHS": "rounding to tenths of a per cent",
    },
    "market/desk/rules.py": {"*": "what a page shows, and how far; it judges nothing"},
    "market/desk/rules/": {"*": "likewise"},
}
ELSEWHERE = {
    "market/base/": "the ground floor knows no law",
    "market/desk/demo.py": "how far the demo's clock goes at once",
    "market/desk/drawings.py": "the space of a drawing",
    "market/desk/queries/schedule.py": "how far ahead a list looks",
    "market/tendering/queries/feeds.py": "how far back a feed looks",
    "market/needs/pages/intentions.py": "how many months a page shows",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room.replace(".", "/")).rglob("*.py")):
            if "piccolo_migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def judges(name: str) -> bool:
    parts = Path(name).with_suffix("").parts
    return bool({"rules", "agenda"} & set(parts))


def explained(name: str, owner: str) -> bool:
    there = EXPLAINED.get(name) or next((why for begin, why in EXPLAINED.items() if name.startswith(begin)), {})
    return owner in there or "*" in there


def numbers(tree: ast.AST) -> Iterator[tuple[ast.Constant, float]]:
    """Every number written down, also as text of a Decimal or Fraction."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node, node.value
        elif isinstance(node, ast.Call) and called(node) in {"Decimal", "Fraction"}:
            for given in node.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given, float(given.value)


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def owners(tree: ast.Module) -> dict[int, str]:
    """Under which name each line stands: a constant, a struct's field or a function."""
    found: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            name = ast.unparse(node.targets[0]).strip("()")
        elif isinstance(node, ast.AnnAssign):
            name = ast.unparse(node.target)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = node.name
        else:
            continue
        first = min([node.lineno, *(line.lineno for line in getattr(node, "decorator_list", []))])
        for line in range(first, (node.end_lineno or first) + 1):
            if line not in found or (isinstance(node, ast.Assign | ast.AnnAssign) and name.isupper()):
                found[line] = name
    return found


def bare_numbers(name: str, tree: ast.Module) -> list[str]:
    named = owners(tree)
    return [
        f"{name}:{node.lineno}: {value:g} in {named.get(node.lineno, '')}"
        for node, value in numbers(tree)
        if value not in PLAIN and value != 0.01 and not explained(name, named.get(node.lineno, ""))
    ]


def bare_periods(name: str, tree: ast.Module) -> list[str]:
    """Periods written down; a day, or an instant, is how the end of one is told."""
    if any(name.startswith(begin) for begin in ELSEWHERE):
        return []
    named = owners(tree)
    return [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in PERIODS and not is_an_instant(node)
        for given in (*node.args[-1:], *(word.value for word in node.keywords))
        if any(True for _ in numbers(given)) and not explained(name, named.get(node.lineno, ""))
    ]


def is_an_instant(node: ast.Call) -> bool:
    return called(node) == "timedelta" and {value for _, value in numbers(node)} <= {0, 1}


def test_no_rule_uses_a_bare_number() -> None:
    found = [line for name, tree in modules() if judges(name) for line in bare_numbers(name, tree)]
    assert found == [], "make it a provision, or say above why it is no number of the law"


def test_no_period_is_written_down_anywhere() -> None:
    assert [line for name, tree in modules() for line in bare_periods(name, tree)] == []


def test_what_is_explained_is_still_there() -> None:
    """A reason outlives its number otherwise."""
    gone = []
    for name, reasons in EXPLAINED.items():
        if (ROOT / name).is_file():
            text = (ROOT / name).read_text(encoding="utf-8")
            gone += [f"{name}: {owner}" for owner in reasons if owner != "*" and owner not in text]
    assert gone == []


@pytest.mark.parametrize(
    ("planted", "caught"),
    [
        ("def objections_to_closing():\n    return add_days(now, 10)\n", True),
        ("_SHARE = Decimal('0.35')\n", True),
        ("LIMIT = 1_000_000\n", True),
        ("def is_half(n, of):\n    return n * 2 == of\n", False),
        ("def objections_to_closing(law):\n    return add_days(now, int(law.number('L-1.consultation')))\n", False),
    ],
)
def test_a_planted_number_is_caught(planted: str, *, caught: bool) -> None:
    tree = ast.parse(planted)
    assert bool(bare_numbers("contracts/rules/planted.py", tree) or bare_periods("x.py", tree)) is caught
