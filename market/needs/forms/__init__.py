"""What purchasers, reviewers and budget officers send."""

from market.needs.forms.lines import AllotBudget
from market.needs.forms.needs import DraftNeed, EntityRow, ReviewNeed, TargetRow

__all__ = ["AllotBudget", "DraftNeed", "EntityRow", "ReviewNeed", "TargetRow"]
