"""The law as plain values: a provision with its article and days in force, and the law of one day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import msgspec

from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class Verification(StrEnum):
    """How far a provision's text was checked; the page shows it."""

    READ = "V"
    SECOND_HAND = "V2"
    MEMORY_HIGH = "M-H"
    MEMORY_MEDIUM = "M-M"
    MEMORY_LOW = "M-L"
    HOUSE_RULE = "D"


VERIFICATION_WORDS: Mapping[Verification, Said] = MappingProxyType(
    {
        Verification.READ: say("The article itself was read in a full copy of the text."),
        Verification.SECOND_HAND: say("Told by a second source; the text itself was not seen."),
        Verification.MEMORY_HIGH: say("From memory, with high confidence; not yet compared with the text."),
        Verification.MEMORY_MEDIUM: say("From memory, with medium confidence; check it before you rely on it."),
        Verification.MEMORY_LOW: say("From memory, with low confidence; check it before you rely on it."),
        Verification.HOUSE_RULE: say("Not law: a rule of this house."),
    }
)


class Unit(StrEnum):
    """In what a provision's value is counted."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    YUAN = "yuan"
    SHARE = "share"
    COUNT = "count"
    YEARS = "years"
    MONTHS = "months"
    POINTS = "points"
    MINUTES = "minutes"
    NONE = "none"


_FROM_THE_LIMIT_ON = (
    "政府采购法",
    "政府采购法实施条例",
    "政府采购货物和服务招标投标管理办法（财政部令第87号）",
    "政府采购非招标采购方式管理办法（财政部令第74号）",
    "政府采购质疑和投诉办法（财政部令第94号）",
    "政府采购信息发布管理办法（财政部令第101号）",
    "政府采购框架协议采购方式管理暂行办法（财政部令第110号）",
    "政府采购竞争性磋商采购方式管理暂行办法",
    "政府采购需求管理办法",
    "关于做好政府采购信息公开工作的通知",
    "关于开展政府采购意向公开工作的通知",
    "关于政府采购竞争性磋商",
    "关于政府采购异常低价",
    "关于促进政府采购公平竞争",
    "关于进一步加大政府采购支持",
    "关于进一步提高政府采购透明度",
    "政府采购促进中小企业发展管理办法",
    "政府采购评审专家管理办法",
)


_WHOM_IT_BINDS = "政府采购法 第二条"


class Provision(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of the law in force over a period; a changed law is a new provision, never an edit.

    `id` is the rule's id (`L-1.consultation`), `article` the Chinese citation, `value` None for a rule without a
    number, `scope` is `national`, `city`, `district:NAME` or `street:CODE`; `in_force_until` is exclusive.
    """

    id: str
    title_zh: str
    title_en: str
    article: str
    value: Decimal | None = None
    unit: Unit = Unit.NONE
    scope: str = "national"
    in_force_from: date
    in_force_until: date | None = None
    verification: Verification
    house_rule: bool = False
    note: str = ""

    @property
    def by_reference(self) -> bool:
        """Tell whether it binds by itself only from the procurement limit on; below it the house uses it (HR-2).

        Law: 政府采购法 第二条. The article it cites first decides.
        """
        return self.article.startswith(_FROM_THE_LIMIT_ON) and not self.article.startswith(_WHOM_IT_BINDS)


class Law(Mapping[str, Provision]):
    """The provisions in force on one day, by id; rules take it as an argument and never look further."""

    def __init__(self, provisions: Iterable[Provision], *, ended: Iterable[Provision] = ()) -> None:
        """Freeze the provisions of one day; `ended` are those whose term is over and that nothing nearer replaced."""
        self._by_id = {provision.id: provision for provision in provisions}
        self.ended = {provision.id: provision for provision in ended}

    # The law of a day in a place is kept as one object: known by itself, so that what follows from it can be kept too.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __getitem__(self, key: str) -> Provision:
        """Return the provision with this id; a missing one is a fault of ours and raises KeyError."""
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        """Run over the ids."""
        return iter(self._by_id)

    def __len__(self) -> int:
        """Count the provisions in force."""
        return len(self._by_id)

    def number(self, key: str) -> Decimal:
        """Return a provision's value; raises when it carries none."""
        value = self._by_id[key].value
        if value is None:
            raise ValueError(f"the provision {key} carries no number")
        return value


class State(StrEnum):
    """Whether a provision holds today; told by its days, never stored."""

    COMING = "coming"
    IN_FORCE = "in-force"
    EXPIRED = "expired"


class Act(StrEnum):
    """The deeds of the law room."""

    ADD_PROVISION = "add-provision"
    IMPORT_HOLIDAYS = "import-holidays"
    MOVE_DEADLINE = "move-deadline"


PROVISION = Lifecycle(
    kind="provision",
    collection="law",
    label=say("Provision"),
    states={
        State.COMING: say("Not yet in force"),
        State.IN_FORCE: say("In force"),
        State.EXPIRED: say("No longer in force"),
    },
    tones={
        State.COMING: Tone.WAITING,
        State.IN_FORCE: Tone.OPEN,
        State.EXPIRED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.ADD_PROVISION,
            EVERY,
            State.IN_FORCE,
            frozenset({Role.PLATFORM_ADMINISTRATOR}),
            say("Add a provision"),
            law="H-1",
            final=True,
        ),
    ),
)


class CalendarState(StrEnum):
    """Whether a year's list counts; told by what was taken in, never stored."""

    ISSUED = "issued"
    REPLACED = "replaced"


WHAT_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "confirm": say("Confirming the award"),
        "sign": say("Signing the contract"),
        "publish": say("Publishing"),
        "pay": say("Paying the invoice"),
        "reply": say("Replying to the evaluation"),
        "repair": say("Repairing the application"),
        "answer": say("Answering the finding"),
    }
)
"""The deadlines that move with a holiday list."""


CALENDAR = Lifecycle(
    kind="holiday-list",
    collection="calendar",
    label=say("Holiday list"),
    states={
        CalendarState.ISSUED: say("In force"),
        CalendarState.REPLACED: say("Replaced by a corrected list"),
    },
    tones={CalendarState.ISSUED: Tone.OPEN, CalendarState.REPLACED: Tone.CLOSED},
    steps=(
        Step(
            Act.IMPORT_HOLIDAYS,
            EVERY,
            CalendarState.ISSUED,
            frozenset({Role.PLATFORM_ADMINISTRATOR}),
            say("Take in a holiday list"),
            law="HR-3",
            final=True,
        ),
        Step(
            Act.MOVE_DEADLINE,
            EVERY,
            None,
            frozenset({Role.CLOCK}),
            say("Move a provisional deadline"),
            law="HR-3",
        ),
    ),
)

LIFECYCLES = (PROVISION, CALENDAR)
