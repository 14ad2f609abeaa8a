"""What stands beside the forms of evaluations."""

from evaluations.help.evaluations import EVALUATIONS
from evaluations.help.judging import JUDGING

HELP = {**EVALUATIONS, **JUDGING}

__all__ = ["HELP"]
