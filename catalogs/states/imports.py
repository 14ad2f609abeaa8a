"""The words of files taken into the registers: which list, what becomes of each row, where a run stands."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from catalogs.states.acts import Act
from catalogs.states.organizations import StandingKind
from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class ImportKind(StrEnum):
    """Which list a file holds."""

    MENU = "menu"
    ORGANIZATIONS = "organizations"
    GRADES = "grades"
    ANNUAL_CHECKS = "annual-checks"
    ABNORMAL = "abnormal"
    SERIOUS = "serious"
    CREDIT = "credit"


IMPORT_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        ImportKind.MENU: say("Community service menu"),
        ImportKind.ORGANIZATIONS: say("Organizations of the directory"),
        ImportKind.GRADES: say("Civil-affairs list of assessment grades"),
        ImportKind.ANNUAL_CHECKS: say("Civil-affairs list of annual checks"),
        ImportKind.ABNORMAL: say("Civil-affairs list of abnormal activity"),
        ImportKind.SERIOUS: say("Civil-affairs list of serious illegality and dishonesty"),
        ImportKind.CREDIT: say("Credit lists and penalties"),
    }
)

STANDINGS_OF: Mapping[str, tuple[StandingKind, ...]] = MappingProxyType(
    {
        ImportKind.GRADES: (StandingKind.GRADE,),
        ImportKind.ANNUAL_CHECKS: (StandingKind.ANNUAL_CHECK,),
        ImportKind.ABNORMAL: (StandingKind.ABNORMAL,),
        ImportKind.SERIOUS: (StandingKind.CIVIL_SERIOUS,),
        ImportKind.CREDIT: (
            StandingKind.DISHONEST_DEBTOR,
            StandingKind.TAX_OFFENDER,
            StandingKind.PROCUREMENT_OFFENDER,
            StandingKind.SERIOUS_ILLEGALITY,
        ),
    }
)
"""Which standings a list of an authority records; the other lists record none."""


class Fate(StrEnum):
    """What becomes of a row when its file is written."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    #: It is about an organization that is not in the directory.
    UNMATCHED = "unmatched"
    REFUSED = "refused"


FATE_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        Fate.NEW: say("Will be added"),
        Fate.CHANGED: say("Will be changed"),
        Fate.UNCHANGED: say("Changes nothing"),
        Fate.UNMATCHED: say("Not in the directory"),
        Fate.REFUSED: say("Left out"),
    }
)
FATE_TONES: Mapping[str, Tone] = MappingProxyType(
    {
        Fate.NEW: Tone.OPEN,
        Fate.CHANGED: Tone.WAITING,
        Fate.UNCHANGED: Tone.CLOSED,
        Fate.UNMATCHED: Tone.DRAFT,
        Fate.REFUSED: Tone.REFUSED,
    }
)


class ImportState(StrEnum):
    """Where a run stands."""

    SHOWN = "shown"
    WRITTEN = "written"
    DROPPED = "dropped"


KEEPS_LISTS = frozenset({Role.CATALOGUE_KEEPER, Role.FINANCE_SUPERVISOR})
"""Who may take in what an authority published; the menu and the directory's organizations are the keeper's alone."""

IMPORT = Lifecycle(
    kind="import-run",
    collection="imports",
    label=say("File taken in"),
    states={
        ImportState.SHOWN: say("Shown, nothing written"),
        ImportState.WRITTEN: say("Written"),
        ImportState.DROPPED: say("Not taken in"),
    },
    tones={
        ImportState.SHOWN: Tone.WAITING,
        ImportState.WRITTEN: Tone.CLOSED,
        ImportState.DROPPED: Tone.REFUSED,
    },
    steps=(
        Step(Act.CHECK_IMPORT, EVERY, ImportState.SHOWN, KEEPS_LISTS, say("Take in a file"), law="X-7"),
        Step(
            Act.WRITE_IMPORT,
            frozenset({ImportState.SHOWN}),
            ImportState.WRITTEN,
            KEEPS_LISTS,
            say("Write what is shown"),
            law="X-7",
            when="writable",
        ),
        Step(
            Act.DROP_IMPORT,
            frozenset({ImportState.SHOWN}),
            ImportState.DROPPED,
            KEEPS_LISTS,
            say("Do not take it in"),
        ),
    ),
)
