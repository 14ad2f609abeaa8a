"""Who hears of what is done in contracts."""

from contracts.telling.changes import CHANGES
from contracts.telling.paying import PAYING
from contracts.telling.performance import PERFORMANCE
from contracts.telling.signing import SIGNING
from market.people.topics import Tells

TELLS: Tells = {**SIGNING, **PERFORMANCE, **CHANGES, **PAYING}

__all__ = ["TELLS"]
