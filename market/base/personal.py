"""Whose eyes personal data is for: each column that tells of a person says so in its table, and readers ask here."""

from collections.abc import Iterable
from typing import Any

PERSONAL = "personal: "

PUBLISHED = PERSONAL + "published, as the certificate or the record that names it is"
PARTNERS = PERSONAL + "its own organization and its hub, street offices and authorities"
OWN = PERSONAL + "its own organization, and the partner of a contract on its papers"
HERSELF = PERSONAL + "the person, and who administers where they serve"
NOBODY = PERSONAL + "nobody: kept sealed, or as a digest that only the installation can make"
HANDS = PERSONAL + "whoever may read the record, as the hand that acted"


def sight_of(column: Any) -> str:
    """Return who may read a column that tells of a person; "" when it tells of none."""
    said = column._meta.help_text or ""  # noqa: SLF001  where Piccolo keeps what a column says
    return said if said.startswith(PERSONAL) else ""


def personal_columns(table: Any) -> dict[str, str]:
    """Return the columns of a table that tell of a person, with who may read each."""
    columns = table._meta.columns  # noqa: SLF001  Piccolo's own way to a table's columns
    return {column._meta.name: sight for column in columns if (sight := sight_of(column))}  # noqa: SLF001


def masked(values: dict[str, str], *, columns: Iterable[str], sees: bool) -> dict[str, str]:
    """Return values with those of these columns covered, unless the reader sees them; what is empty stays empty.

    >>> masked({"contact_phone": "13800001111", "address": "1"}, columns=["contact_phone"], sees=False)
    {'contact_phone': '•••', 'address': '1'}
    """
    hidden = set() if sees else set(columns)
    return {name: COVER if value and name in hidden else value for name, value in values.items()}


COVER = "•••"
"""What stands where a reader may not see a value that is there."""
