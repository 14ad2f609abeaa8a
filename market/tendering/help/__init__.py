"""What stands beside the forms of tendering."""

from market.tendering.help.bidding import BIDDING
from market.tendering.help.notice import NOTICE
from market.tendering.help.panel import PANEL

HELP = {**NOTICE, **BIDDING, **PANEL}

__all__ = ["HELP"]
