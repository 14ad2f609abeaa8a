"""Under which words a notice is found."""

from market.base.terms import terms


def notice_terms(*, code: str, title: str, street_name: str, requirement: str, qualification: str) -> tuple[str, ...]:
    """Return the terms under which a notice is found: by code and title, then by its street and its longer texts."""
    return terms(code, title, also=(street_name, requirement, qualification))
