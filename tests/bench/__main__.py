"""`./dev bench [name]`: one JSON line per figure on standard output, progress on standard error.

Exit status 0 when every figure is what was wanted, 1 when one is not or could not be found, 2 usage.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from market.base.processes import CannotRun
from tests.bench import imports, invoice, read, reserve, search, submit
from tests.bench.compare import Effort
from tests.bench.figures import Figure
from tests.bench.ground import Ground, ground, say

BENCHES: Mapping[str, Callable[[Ground, Effort], Iterator[Figure]]] = {
    "import": imports.figures,
    "invoice": invoice.figures,
    "read": read.figures,
    "reserve": reserve.figures,
    "search": search.figures,
    "submit": submit.figures,
}
USUAL = Effort()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named bench, or all of them."""
    parser = argparse.ArgumentParser(prog="./dev bench", description="Measure the product beside bare handlers.")
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES))
    parser.add_argument("--scale", choices=("small", "medium", "large"), default="medium")
    parser.add_argument("--rounds", type=int, default=USUAL.rounds)
    parser.add_argument("--seconds", type=float, default=USUAL.seconds)
    parser.add_argument("--warm", type=float, default=USUAL.warm)
    asked = parser.parse_args(arguments)
    effort = Effort(rounds=asked.rounds, seconds=asked.seconds, warm=asked.warm)
    ok = True
    try:
        with ground(scale=asked.scale) as here:
            for name, bench in BENCHES.items():
                if asked.name in (None, name):
                    for figure in bench(here, effort):
                        print(msgspec.json.encode(figure).decode(), flush=True)  # noqa: T201
                        ok = ok and figure.ok
    except CannotRun as refusal:
        say(str(refusal))
        return 1
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
