"""docs/lifecycles.md is drawn from the tables of steps; write it anew with `python -m tests.test_docs`."""

from pathlib import Path

from market.app import lifecycles
from market.base.lifecycle import Lifecycle
from market.people.states import ROLE_WORDS

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


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(), encoding="utf-8")
