"""What stands beside the forms of evaluations."""

from evaluations.help.evaluations import EVALUATIONS

HELP = {**EVALUATIONS}

__all__ = ["HELP"]
