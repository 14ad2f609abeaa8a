"""What stands beside the forms of contracts."""

from contracts.help.changes import CHANGES
from contracts.help.contracts import CONTRACTS

HELP = {**CONTRACTS, **CHANGES}

__all__ = ["HELP"]
