"""What stands beside the forms of tendering."""

from market.tendering.help.bidding import BIDDING
from market.tendering.help.disputes import DISPUTES
from market.tendering.help.keys import KEYS
from market.tendering.help.notice import NOTICE
from market.tendering.help.panel import PANEL

HELP = {**NOTICE, **BIDDING, **KEYS, **PANEL, **DISPUTES}

__all__ = ["HELP"]
