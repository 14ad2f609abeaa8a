"""docs/law.md as it follows from the provisions and the code: each rule, where it is reckoned with, by which test."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from market.law.actions import provisions_of_the_file
from market.law.rules import value_in_words
from market.law.states import VERIFICATION_WORDS, Provision
from market.piccolo_conf import ROOMS

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "law.md"
HEAD = """# The law as data

Drawn from `market/law/data/provisions.json`, the code and the tests: each rule with its provisions, where the product
reckons with it or cites it, and the tests that name it. An administrator adds provisions with `add-provision`; none is
ever edited. A record is judged by those of the day on which it was published.

Marks: {marks}. "House rule" binds here only because this house says so.
"""
_SECTIONS = {
    "P": "Who may buy, who may supply",
    "D": "Against discrimination",
    "N": "What may be bought",
    "H": "Money and method",
    "B": "Before the tender",
    "L": "Periods",
    "M": "Competition",
    "G": "Guarantees",
    "E": "The panel",
    "F": "Scoring",
    "S": "Small enterprises",
    "A": "Abnormally low prices",
    "C": "Contract and payment",
    "Q": "Challenge and complaint",
    "R": "Publication, archive, privacy",
    "K": "Evaluation",
    "X": "Credit",
    "IND": "Indicators",
    "HR": "House rules",
    "FA": "Framework agreements",
    "T": "Changes in time",
}
SHOWN_ONLY = frozenset(
    [
        "P-14",
        "D-08",
        "B-9",
        "L-4.open-tender",
        "L-4.negotiation",
        "L-6",
        "L-6.clarification",
        "L-7.open-tender",
        "L-7.negotiation",
        "L-8.open-tender",
        "L-8.negotiation",
        "L-9.negotiation",
        "L-10.open-tender",
        "L-10.negotiation",
        "L-13",
        "L-14.losers",
        "L-14.winner",
        "L-15",
        "L-16",
        "L-19",
        "M-1",
        "M-3",
        "M-3.exception",
        "M-5",
        "G-2",
        "G-4.customary",
        "E-1.large",
        "E-1.large-from",
        "E-2.large",
        "E-7",
        "S-1.min",
        "S-1.max",
        "A-6",
        "C-7.publication",
        "C-14",
        "C-14.longest",
        "C-20",
        "Q-4",
        "Q-7",
        "Q-8.examine",
        "Q-8.refuse",
        "Q-8.copies",
        "Q-8.respond",
        "Q-8.decide",
        "Q-8.suspend",
        "Q-9",
        "R-1",
        "K-12",
        "K-13.budget",
        "K-13.output",
        "K-13.outcome",
        "K-13.satisfaction",
        "IND-3.deviation",
        "IND-2.ledger-sample",
        "IND-5.follow-up.until",
        "IND-6.rectification",
        "IND-6.payment.signing",
        "IND-6.payment.mid-term",
        "IND-6.payment.final",
        "IND-6.payment.evaluation",
        "X-4",
    ]
)
"""Numbers that the pages of the law show and nothing reckons with: that part of the trade runs elsewhere."""
CITED = re.compile(r"(?:[A-Z]|HR|IND|FA)-\d{1,2}(?:\.[a-z][a-z0-9.-]*)?")
_IN_TEMPLATES = re.compile(rf"""["']({CITED.pattern})["']""")


@cache
def provisions() -> tuple[Provision, ...]:
    """The provisions that come with the product."""
    return tuple(provisions_of_the_file())


@cache
def known() -> frozenset[str]:
    """The ids of all rules."""
    return frozenset(provision.id for provision in provisions())


def rules_named(text: str) -> frozenset[str]:
    """The rules that a piece of text names: one by its id, or all of a family by what their ids begin with."""
    if text in known():
        return frozenset({text})
    beginning = text if text.endswith((".", "-")) else f"{text}."
    if not re.match(r"[A-Z]+-\d", text):
        return frozenset()
    return frozenset(rule for rule in known() if rule.startswith(beginning))


def _sentences(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every string of a module with the function or class that holds it; docstrings are no use of a rule."""

    def walk(node: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield child.value, owner
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from walk(child, owner or child.name)
            else:
                yield from walk(child, owner)

    yield from walk(tree, "")


def _put_together(tree: ast.Module) -> set[str]:
    """The rules whose ids a module makes of one it names and an ending, as in `f"{rule}.experts"`."""
    named = {text for text, _ in _sentences(tree) if CITED.fullmatch(text)}
    endings = {
        part.value
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.fullmatch(r"\.[a-z-]+", part.value)
    }
    return {rule + ending for rule in named for ending in endings} & known()


def _modules(folders: list[Path]) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "piccolo_migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


@cache
def uses() -> Mapping[str, list[str]]:
    """Where each rule is named in the rooms and on the pages, by rule."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, tree in _modules([ROOT / room.replace(".", "/") for room in ROOMS]):
        for text, owner in _sentences(tree):
            for rule in rules_named(text):
                found[rule][f"`{name}`" + (f" {owner}" if owner else "")] = None
        for rule in _put_together(tree):
            found[rule].setdefault(f"`{name}`")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for rule in _IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            found[rule][f"`{path.relative_to(ROOT)}`"] = None
    # The formulas of the indicator templates name rules as values.
    formulas = ROOT / "evaluations/data/templates.json"
    for rule in known() & set(CITED.findall(formulas.read_text(encoding="utf-8"))):
        found[rule][f"`{formulas.relative_to(ROOT)}`"] = None
    return {rule: list(places) for rule, places in found.items()}


@cache
def tested() -> Mapping[str, list[str]]:
    """The tests that name each rule, by rule."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, tree in _modules([ROOT / "tests"]):
        if name.rpartition("/")[2].startswith("test_"):
            for text, owner in _sentences(tree):
                for rule in rules_named(text):
                    found[rule][f"`{name}`" + (f" {owner}" if owner.startswith("test_") else "")] = None
    return {rule: list(places) for rule, places in found.items()}


def unknown_rules() -> list[str]:
    """Where code or a page cites a rule that has no provision."""
    found = []
    for name, tree in _modules([ROOT / room.replace(".", "/") for room in ROOMS]):
        for text, owner in _sentences(tree):
            if CITED.fullmatch(text) and not rules_named(text):
                found.append(f"{name} {owner}: {text}")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        cited = _IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(ROOT)}: {rule}" for rule in cited if rule not in known()]
    return found


def law_book() -> str:
    """The whole document."""
    marks = "; ".join(f"**{mark}** {said.msgid.rstrip('.').lower()}" for mark, said in VERIFICATION_WORDS.items())
    parts = [HEAD.format(marks=marks)]
    by_section: dict[str, list[Provision]] = defaultdict(list)
    for provision in provisions():
        by_section[provision.id.partition("-")[0]].append(provision)
    for letters, mine in by_section.items():
        parts.append(f"## {letters}: {_SECTIONS[letters]}\n")
        for rule, of_rule in groupby(mine, key=lambda provision: provision.id):
            parts.append(_rule(rule, list(of_rule)))
    return "\n".join(parts)


def _rule(rule: str, of_rule: list[Provision]) -> str:
    lines = [f"### {rule} {of_rule[0].title_en}\n"]
    lines += [f"- {_provision(provision)}" for provision in of_rule]
    places, tests = uses().get(rule), tested().get(rule)
    lines.append(f"- used: {'; '.join(places)}" if places else "- shown only: nothing is reckoned with it yet")
    if tests:
        lines.append(f"- tested: {'; '.join(tests)}")
    return "\n".join([*lines, ""])


def _provision(provision: Provision) -> str:
    until = f" until {provision.in_force_until} (exclusive)" if provision.in_force_until else ""
    value = value_in_words(provision.value, provision.unit, "en")
    told = [
        provision.article,
        f"**{value}**" if value else "",
        provision.scope,
        f"in force from {provision.in_force_from}{until}",
        str(provision.verification) + (", house rule" if provision.house_rule else ""),
    ]
    return "; ".join(word for word in told if word)
