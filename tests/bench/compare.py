"""Product and floor in turn, round by round, so that what else the machine does meets both alike."""

import statistics
from dataclasses import dataclass

from market.base.processes import CannotRun
from tests.bench.figures import Figure, against_floor
from tests.bench.ground import say
from tests.bench.load import Load, Plan, run

CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a bench takes: rounds of product and floor, so many seconds each, after a warm-up of both."""

    rounds: int = 7
    seconds: float = 4.0
    warm: float = 3.0


@dataclass(frozen=True, slots=True)
class Compared:
    """The loads of both sides, round by round."""

    product: list[Load]
    floor: list[Load]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(a.rate / b.rate for a, b in zip(self.product, self.floor, strict=True))

    def figure(self, name: str, *, wanted: float) -> Figure:
        """The medians as one figure."""
        return against_floor(
            name,
            figure=statistics.median(load.rate for load in self.product),
            floor=statistics.median(load.rate for load in self.floor),
            ratio=self.ratio,
            wanted=wanted,
        )


def compare(
    name: str,
    *,
    product: tuple[int, list[list[bytes]]],
    floor: tuple[int, list[list[bytes]]],
    effort: Effort,
    allowed: frozenset[int] = frozenset({200, 201}),
) -> Compared:
    """Load both sides in turn; each is (port, the requests of every connection). Raises CannotRun."""
    if len(product[1]) != len(floor[1]):
        raise CannotRun("both sides must be asked over the same number of connections")
    for port, requests in (product, floor):
        run(Plan(port=port, requests=requests, seconds=max(effort.warm, 0.2)), allowed=allowed)
    sides: tuple[list[Load], list[Load]] = ([], [])
    for round_ in range(effort.rounds):
        for side, (port, requests) in zip(sides, (product, floor), strict=True):
            side.append(run(Plan(port=port, requests=requests, seconds=effort.seconds, warm=0.3), allowed=allowed))
        a, b = sides[0][-1], sides[1][-1]
        say(
            f"{name} {round_ + 1}/{effort.rounds}: {a.rate:.0f}/s (p50 {a.p50} p99 {a.p99} ms),"
            f" floor {b.rate:.0f}/s (p50 {b.p50} p99 {b.p99} ms), ratio {a.rate / b.rate:.3f},"
            f" client {a.share:.0%} and {b.share:.0%} of a core"
        )
    return Compared(*sides)
