"""What a tour is made of: who signs in, which page they open, which button they press, and what to look at."""

from collections.abc import Mapping
from typing import NamedTuple

FIRST = "(first)"
"""Stands for the first choice that a field offers."""


class Step(NamedTuple):
    """One step of a tour.

    Who opens the page `at`: a login, "" for anyone, or "whoever: ACT on ADDRESS" for whoever has that waiting. With
    `act` its button stands there and is followed to the form; with `fill` it is filled, checked and sent. `follow`
    opens the first link whose address holds these words. A `picture` is taken of the last page before it is sent, on
    the width of a phone if `phone`; `picture_after` once more, of what comes back.
    """

    who: str
    at: str
    en: str
    zh: str
    act: str = ""
    fill: Mapping[str, str] | None = None
    follow: str = ""
    picture: str = ""
    picture_after: str = ""
    phone: bool = False


class Tour(NamedTuple):
    """Ten minutes in one role: its file's name, its title and opening words in both languages, and its steps."""

    name: str
    title: tuple[str, str]
    words: tuple[str, str]
    steps: tuple[Step, ...]
