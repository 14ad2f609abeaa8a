"""What a bench finds: one figure beside its floor, whether it is what was wanted, and the machine it was found on."""

import os
import platform
from pathlib import Path

import msgspec

from market.base.processes import CannotRun


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `./dev bench`. Without a floor, `figure` itself may not exceed `wanted`."""

    name: str
    figure: float
    floor: float | None
    ratio: float | None
    wanted: float
    ok: bool
    machine: str


def against_floor(name: str, *, figure: float, floor: float, ratio: float, wanted: float) -> Figure:
    """A rate beside its floor's; `ratio` must reach what is wanted."""
    return Figure(
        name=name,
        figure=round(figure, 1),
        floor=round(floor, 1),
        ratio=round(ratio, 3),
        wanted=wanted,
        ok=ratio >= wanted,
        machine=machine(),
    )


def at_most(name: str, *, figure: float, wanted: float) -> Figure:
    """A figure that may not exceed what is wanted."""
    if figure != figure:  # noqa: PLR0124  not a number
        raise CannotRun(f"{name} is not a number")
    return Figure(
        name=name,
        figure=round(figure, 3),
        floor=None,
        ratio=None,
        wanted=wanted,
        ok=figure <= wanted,
        machine=machine(),
    )


def machine() -> str:
    """What the figures were found on: cores, processor, system, Python."""
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} x {_processor()}, {system}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
