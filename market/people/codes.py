"""The unified social credit code (GB 32100-2015): its two check digits and what its first characters tell."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from stdnum.cn import uscc

from market.base.refusal import Objection, Said, say
from market.people.states import OrganizationKind

LENGTH = 18
_SHAPE = re.compile(r"[0-9A-Z]{18}", re.ASCII)
_STRANGE_LETTERS = re.compile(r"[IOSVZ]")
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER_SHAPE = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)


KINDS_BY_PREFIX: Mapping[str, frozenset[OrganizationKind]] = MappingProxyType(
    {
        "11": frozenset({OrganizationKind.STREET, OrganizationKind.AUTHORITY}),
        "12": frozenset({OrganizationKind.INSTITUTION_2}),
        "13": frozenset({OrganizationKind.MASS_ORGANIZATION}),
        "51": frozenset({OrganizationKind.ASSOCIATION}),
        "52": frozenset({OrganizationKind.SERVICE_INSTITUTION}),
        "53": frozenset({OrganizationKind.FOUNDATION}),
        "54": frozenset({OrganizationKind.COMMITTEE}),
        "55": frozenset({OrganizationKind.COMMITTEE}),
        "81": frozenset({OrganizationKind.MASS_ORGANIZATION}),
        "91": frozenset({OrganizationKind.ENTERPRISE}),
        "92": frozenset({OrganizationKind.ENTERPRISE, OrganizationKind.INDIVIDUAL}),
        "93": frozenset({OrganizationKind.ENTERPRISE}),
    }
)
"""What the registering office and the class of body (first two characters) can stand for."""


def tidy_code(text: str) -> str:
    """Return a code as it is stored: without blanks and hyphens, in capitals."""
    return re.sub(r"[\s\-]", "", text).upper()


def objections_to_code(code: str) -> list[Objection]:
    """Object to a code of wrong length, with letters the standard leaves out, or with a wrong last check digit.

    Expects what `tidy_code` returns. The inner check digit is only a warning, see `warnings_about_code`.
    """
    if len(code) != LENGTH:
        return [Objection("code", say("A unified social credit code has {length} characters.", length=LENGTH))]
    if _STRANGE_LETTERS.search(code):
        return [Objection("code", say("A unified social credit code has no letters I, O, S, V or Z."))]
    if not _SHAPE.fullmatch(code) or not code[:8].isdigit():
        return [
            Objection("code", say("A unified social credit code begins with eight digits, then digits and capitals."))
        ]
    if uscc.calc_check_digit(code) != code[-1]:
        return [Objection("code", say("The last character of the code does not check: please compare it once more."))]
    return []


def warnings_about_code(code: str) -> list[Said]:
    """Return what looks odd in a code that passed `objections_to_code`, without making it wrong.

    The nine characters inside follow GB 11714, but newer series are not certain to.
    """
    inner = code[8:17]
    if _INNER_SHAPE.fullmatch(inner) and inner_check_digit(inner[:8]) == inner[8]:
        return []
    return [say("The inner check digit of the code does not follow GB 11714; please compare with the certificate.")]


def inner_check_digit(eight: str) -> str:
    """Return the ninth character of an organization code (GB 11714); letters count A = 10 to Z = 35.

    >>> inner_check_digit("50001979")
    '5'
    """
    total = sum(int(sign, 36) * weight for sign, weight in zip(eight, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def kinds_of_code(code: str) -> frozenset[OrganizationKind]:
    """Return the kinds of organization that a code's first two characters allow; empty when they are not known."""
    return KINDS_BY_PREFIX.get(code[:2], frozenset())


def objections_to_kind(*, code: str, kind: str) -> list[Objection]:
    """Object to a kind that the code's first two characters contradict; unknown ones are let pass.

    Expects a code that passed `objections_to_code`. Law: GB 32100-2015; the table is kept as far as it is known.
    """
    allowed = kinds_of_code(code)
    if not allowed or kind in allowed:
        return []
    return [
        Objection(
            "kind", say("The code begins with {first}, which another kind of organization bears.", first=code[:2])
        )
    ]


def region_of_code(code: str) -> str:
    """Return the six digits of the place of registration (310109 is 虹口区)."""
    return code[2:8]
