"""State machines as data: which act moves a record of which kind from which states to which, and by whom.

One table of steps gives the permission, the allowed states, the buttons of a page, the diagram in the docs
and the cases of the tests. Nothing here does I/O.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from market.base.refusal import Objection, Said, say

EVERY: frozenset[str] = frozenset()


class Tone(StrEnum):
    """How a state looks on a page, beside its words: whose move it is, or how it ended."""

    #: Nobody but its maker is concerned yet, or nothing more is told.
    DRAFT = "draft"
    #: Somebody must act before it goes on.
    WAITING = "waiting"
    #: It runs, or counts.
    OPEN = "open"
    #: It ended as it should.
    CLOSED = "closed"
    #: It was sent back, or ended otherwise.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a lifecycle.

    `on` are the states of the record the act is done to; empty means the act makes a new record out of nothing.
    `to` is the state afterwards, None when it stays. `of` names another kind when the act is done to a record of
    a lower room (`draft-tender` is done to a need). `when` names a fact that must hold for the act to be offered;
    the rules judge again. `law` is the id of the rule shown beside the button. `final` tells whether
    a person is asked once more before it is done; None leaves it to whether the act is done to a record.
    """

    act: StrEnum
    on: frozenset[str]
    to: StrEnum | None
    by: frozenset[StrEnum]
    label: Said
    law: str = ""
    of: str = ""
    when: str = ""
    final: bool | None = None

    @property
    def is_final(self) -> bool:
        """Tell whether it cannot be undone: what is done to a record mostly cannot, drafts and settings can."""
        return bool(self.on) if self.final is None else self.final


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states of one kind of record with their words, and its steps; `collection` is the first part of its URL.

    `tones` says how a state looks where it does not look like a draft.
    """

    kind: str
    collection: str
    label: Said
    states: Mapping[StrEnum, Said]
    steps: tuple[Step, ...]
    tones: Mapping[StrEnum, Tone] = field(default_factory=dict)

    def step(self, act: StrEnum) -> Step:
        """Return the step of an act of this lifecycle."""
        return next(step for step in self.steps if step.act == act)


class ActLink(msgspec.Struct, frozen=True):
    """What a reader may do with a record now, and where."""

    act: str
    method: str
    href: str


def objections_to_state(lifecycle: Lifecycle, act: StrEnum, state: str) -> list[Objection]:
    """Object when the record's state does not allow the act."""
    step = lifecycle.step(act)
    if not step.on or state in step.on:
        return []
    states = HOUSE.lifecycles[step.of].states if step.of in HOUSE.lifecycles else lifecycle.states
    label = next((words for key, words in states.items() if key == state), say(state))
    return [Objection("", say("This cannot be done while the record is “{state}”.", state=label), step.law)]


class House:
    """All lifecycles of the running product; `app.py` furnishes it once at start."""

    def __init__(self) -> None:
        """Begin without rooms."""
        self.lifecycles: dict[str, Lifecycle] = {}
        self.steps: dict[str, tuple[Lifecycle, Step]] = {}
        self._steps_on: dict[str, list[tuple[str, Step]]] = {}

    def furnish(self, lifecycles: Iterable[Lifecycle]) -> None:
        """Take in every room's lifecycles; an act's word must be unique in the house."""
        self.lifecycles = {lifecycle.kind: lifecycle for lifecycle in lifecycles}
        self.steps = {}
        for lifecycle in self.lifecycles.values():
            for step in lifecycle.steps:
                if step.act in self.steps:
                    raise ValueError(f"the act {step.act} stands in two places")
                self.steps[str(step.act)] = (lifecycle, step)
        self._steps_on = {kind: [] for kind in self.lifecycles}
        for word, (lifecycle, step) in self.steps.items():
            self._steps_on[step.of or lifecycle.kind].append((word, step))

    def acts_on(
        self,
        *,
        kind: str,
        code: str,
        state: str,
        roles: AbstractSet[str],
        facts: AbstractSet[str] = EVERY,
        limit: AbstractSet[str] | None = None,
    ) -> list[ActLink]:
        """Return what somebody with these roles may do to a record, as links in the order of the lifecycles.

        `facts` names what holds for the record and the reader; `limit` are the acts a token is limited to.
        """
        links = []
        for word, step in self._steps_on[kind]:
            if state not in step.on or not (step.by & roles):
                continue
            if (step.when and step.when not in facts) or (limit is not None and word not in limit):
                continue
            links.append(ActLink(act=word, method="POST", href=f"/{self.lifecycles[kind].collection}/{code}/{word}"))
        return links


HOUSE = House()
