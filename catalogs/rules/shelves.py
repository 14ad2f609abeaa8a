"""Under what an organization or an entry is found and where it stands in the order: worked out when it is written."""

from collections.abc import Iterable

import msgspec

from catalogs.rules.places import areas_of, other_names
from market.base.terms import sort_key, terms
from market.people.states import OrganizationKind

_NOT_LISTED = frozenset({OrganizationKind.STREET, OrganizationKind.AUTHORITY})
LISTED = "listed"
"""The mark of whoever the directory shows when no kind is asked for: all but street offices and authorities."""


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a profile by which it is found: words, order, marks."""

    terms: tuple[str, ...]
    sort_key: str
    marks: tuple[str, ...]


def mark(facet: str, value: str) -> str:
    """Return the mark of one value of a facet.

    >>> mark("area", "北外滩街道")
    'area:北外滩街道'
    """
    return f"{facet}:{value}"


def shelve_organization(
    *,
    code: str,
    name: str,
    name_en: str,
    kind: str,
    business_scope: str = "",
    service_areas: str = "",
    categories: Iterable[str] = (),
) -> Shelved:
    """Return how an organization is found: by names, scope and areas (old names of streets too), kind and category."""
    also = (business_scope, service_areas, *other_names(name, service_areas))
    marks = [mark("kind", kind), *(mark("category", each) for each in categories)]
    marks += [mark("area", each) for each in areas_of(service_areas)]
    if kind not in _NOT_LISTED:
        marks.append(LISTED)
    return Shelved(
        terms=terms(code, name, name_en, also=also), sort_key=sort_key(name), marks=tuple(sorted(set(marks)))
    )
