"""`python -m tests.tours words` writes the documents of the tours; without words it takes their pictures too."""

import asyncio
import sys

from market.app import lifecycles
from market.base.lifecycle import HOUSE
from tests.tours.book import FOLDER, documents


def write() -> None:
    """Write every document anew, and drop those that are told no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = documents()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write the documents and, unless only words are asked for, take the pictures."""
    if arguments not in ([], ["words"]):
        print(__doc__, file=sys.stderr)  # noqa: T201  this is a command
        return 2
    HOUSE.furnish(lifecycles())
    write()
    if not arguments:
        from tests.tours.camera import take_all  # noqa: PLC0415  words need no browser

        asyncio.run(take_all())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
