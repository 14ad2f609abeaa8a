"""The words of a need in full: small enterprises, the parts of its review, the sections of its form."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.refusal import Said, say


class SetAside(StrEnum):
    """Set aside for small enterprises, or the ground on which it is not."""

    RESERVED = "reserved"
    POLICY = "policy"
    ONLY_OTHERS = "only-others"
    COMPETITION = "competition"
    FRAMEWORK = "framework"
    PROVINCE = "province"


SET_ASIDE_WORDS: Mapping[SetAside, Said] = MappingProxyType(
    {
        SetAside.RESERVED: say("Set aside for small enterprises; social organizations cannot bid"),
        SetAside.POLICY: say("Not set aside: law or State policy buys this first from social organizations"),
        SetAside.ONLY_OTHERS: say("Not set aside: only others than small enterprises can deliver this public service"),
        SetAside.COMPETITION: say("Not set aside: it would break supply or competition"),
        SetAside.FRAMEWORK: say("Not set aside: it is bought by a framework agreement"),
        SetAside.PROVINCE: say("Not set aside: another case named by the finance department of the city"),
    }
)


class Part(StrEnum):
    """A part of a need's review; one person gives one."""

    APPROVAL = "approval"
    LAW = "law"
    SUPERVISION = "supervision"


PART_WORDS: Mapping[Part, Said] = MappingProxyType(
    {
        Part.APPROVAL: say("Approval by a second person"),
        Part.LAW: say("Review of law"),
        Part.SUPERVISION: say("Second approval by the street supervisor"),
    }
)


class Readiness(StrEnum):
    """How far a section of a need's form is."""

    TO_DO = "to-do"
    BEGUN = "begun"
    DONE = "done"


READINESS_WORDS: Mapping[Readiness, Said] = MappingProxyType(
    {Readiness.TO_DO: say("To do"), Readiness.BEGUN: say("Begun"), Readiness.DONE: say("Done")}
)
