"""What stands beside the forms of needs and budget lines."""

from market.needs.help.lines import LINES
from market.needs.help.needs import NEEDS

HELP = {**NEEDS, **LINES}

__all__ = ["HELP"]
