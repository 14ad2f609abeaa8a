"""Budget lines, the needs that spend them, intentions, and what is bought on the official platform."""

from market.needs.states import RESERVING
from market.needs.tables import issues, movements, suggestions
from market.needs.tables.issues import Issue, IssueCitation, IssueList
from market.needs.tables.money import BudgetLine
from market.needs.tables.movements import BudgetMovement
from market.needs.tables.needs import Need
from market.needs.tables.official import Intention, IntentionVersion, OfficialPurchase, OfficialStage
from market.needs.tables.suggestions import NeedProgress, PhoneCode, Suggestion, Voice

__all__ = [
    "INDEXES",
    "INVARIANTS",
    "BudgetLine",
    "BudgetMovement",
    "Intention",
    "IntentionVersion",
    "Issue",
    "IssueCitation",
    "IssueList",
    "Need",
    "NeedProgress",
    "OfficialPurchase",
    "OfficialStage",
    "PhoneCode",
    "Suggestion",
    "Voice",
]

_RESERVING = ", ".join(f"'{state}'" for state in RESERVING)

INDEXES = [*suggestions.INDEXES, *issues.INDEXES]

INVARIANTS = {
    **suggestions.INVARIANTS,
    **movements.INVARIANTS,
    "what a line has reserved is what its open needs ask for": (
        "SELECT l.code FROM budget_line l WHERE l.reserved <> (SELECT coalesce(sum(n.budget), 0) FROM need n"  # noqa: S608
        f" WHERE n.budget_line = l.code AND n.state IN ({_RESERVING}))"
        " LIMIT 20"
    ),
    "what a line has committed and paid is what its needs have": (
        "SELECT l.code FROM budget_line l LEFT JOIN need n ON n.budget_line = l.code"
        " GROUP BY l.code, l.committed, l.paid HAVING l.committed <> coalesce(sum(n.committed - n.paid), 0)"
        " OR l.paid <> coalesce(sum(n.paid), 0) LIMIT 20"
    ),
    "a need under contract was tendered here or awarded outside": (
        "SELECT n.code FROM need n WHERE n.state IN ('awarded', 'contracted') AND n.tender IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM official_purchase o WHERE o.need = n.code AND o.outcome = 'awarded') LIMIT 20"
    ),
    "a need spends a line of its own street": (
        "SELECT n.code FROM need n JOIN budget_line l ON l.code = n.budget_line WHERE l.street <> n.street LIMIT 20"
    ),
}
