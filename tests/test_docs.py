"""docs/lifecycles.md and docs/law.md are drawn from the code; write them anew with `python -m tests.test_docs`."""

from pathlib import Path

from market.app import lifecycles
from market.base.lifecycle import Lifecycle
from market.people.states import ROLE_WORDS
from tests import lawbook

DOCUMENT = Path(__file__).parents[1] / "docs" / "lifecycles.md"
HEAD = """# Lifecycles

Drawn from the tables of steps in each room's `states.py`: who may do what to a record in which state, and what becomes
of it. An act that leaves the state as it is stands in the list only.
"""


def drawn() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(_section(lifecycle) for lifecycle in lifecycles() if len(lifecycle.states) > 1)])


def _section(lifecycle: Lifecycle) -> str:
    arrows, lines = [], []
    roles = {str(role): said.msgid for role, said in ROLE_WORDS.items()}
    for step in lifecycle.steps:
        made_of_another = bool(step.of) and step.of != lifecycle.kind
        before = ["[*]"] if not step.on or made_of_another else sorted(str(state) for state in step.on)
        if step.to is not None:
            arrows += [f"    {_id(state)} --> {_id(str(step.to))}: {step.act}" for state in before]
        by = ", ".join(sorted(roles[str(role)].lower() for role in step.by))
        where = "new" if before == ["[*]"] else ", ".join(before)
        lines.append(f"| `{step.act}` | {where} | {step.to or 'as before'} | {by} | {step.law} |")
    table = ["| act | in | then | by | rule |", "|---|---|---|---|---|", *lines]
    return "\n".join([f"## {lifecycle.label.msgid}\n", "```mermaid", "stateDiagram-v2", *arrows, "```\n", *table, ""])


def _id(state: str) -> str:
    return state if state == "[*]" else state.replace("-", "_")


def test_the_lifecycles_are_drawn_as_they_are() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == drawn(), "run python -m tests.test_docs"


def test_the_law_book_is_as_the_code_is() -> None:
    assert lawbook.DOCUMENT.read_text(encoding="utf-8") == lawbook.law_book(), "run python -m tests.test_docs"


def test_no_unknown_rule_is_cited() -> None:
    assert lawbook.unknown_rules() == []


def test_every_number_is_reckoned_with_or_said_to_be_shown_only() -> None:
    unused = {p.id for p in lawbook.provisions() if p.value is not None and p.id not in lawbook.uses()}
    assert unused <= lawbook.SHOWN_ONLY


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(), encoding="utf-8")
    lawbook.DOCUMENT.write_text(lawbook.law_book(), encoding="utf-8")
