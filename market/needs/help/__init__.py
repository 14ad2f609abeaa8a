"""What stands beside the forms of needs and budget lines."""

from market.needs.help.lines import LINES
from market.needs.help.needs import NEEDS
from market.needs.help.official import OFFICIAL
from market.needs.help.suggestions import SUGGESTIONS

HELP = {**OFFICIAL, **SUGGESTIONS, **NEEDS, **LINES}

__all__ = ["HELP"]
