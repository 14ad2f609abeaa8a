"""What stands beside the forms of contracts."""

from contracts.help.contracts import CONTRACTS

HELP = {**CONTRACTS}

__all__ = ["HELP"]
