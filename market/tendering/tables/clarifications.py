"""What a panel asks a bidder, what the bidder answers in time, and what each member thinks of an explained price."""

from piccolo.columns import JSONB, BigSerial, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS
from market.tendering.tables.tenders import Bid, Seat, Tender


class Clarification(Table):
    """A question of the panel to one bidder under the bid's number; the member who asked is told to nobody."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    bid = ForeignKey(Bid, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    matter = Varchar(length=20, null=False, default=None)
    law = Varchar(length=20, null=False, default="")
    question = Text(null=False, default=None)
    asked_by = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict)
    asked_at = Timestamptz(null=False, default=None)
    answer_by = Timestamptz(null=False, default=None)
    # Answered
    answer = Text(null=True, default=None)
    files = JSONB(null=False, default="[]")
    answered_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    answered_at = Timestamptz(null=True, default=None)
    # Judged
    explained = Boolean(null=True, default=None)
    judged_at = Timestamptz(null=True, default=None)

    one_clarification_per_number = Unique([tender, number])
    matter_is_known = Check("matter IN ('meaning', 'low-price')")
    a_low_price_names_its_rule = Check("(matter = 'low-price') = (law <> '')")
    answered_has_its_answer = Check("(answer IS NULL) = (answered_at IS NULL)")
    answered_in_time = Check("answered_at IS NULL OR answered_at < answer_by")
    only_low_prices_are_judged = Check(
        "(explained IS NULL) = (judged_at IS NULL) AND (explained IS NULL OR matter = 'low-price')"
    )


class ClarificationVote(Table, tablename="clarification_vote"):
    """One member's word on whether a bidder has proved that it can keep its price, and what was looked up (A-7)."""

    id = BigSerial(primary_key=True)
    clarification = ForeignKey(Clarification, null=False, on_delete=OnDelete.restrict)
    seat = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict)
    explained = Boolean(null=False, default=None)
    reason = Text(null=False, default="")
    looked_up = Text(null=False, default="")
    voted_at = Timestamptz(null=False, default=None)

    one_vote_per_member = Unique([clarification, seat])
    unexplained_has_a_reason = Check("explained OR reason <> ''")


INVARIANTS = {
    "a clarification is of a bid of its tender": (
        "SELECT c.id FROM clarification c JOIN bid b ON b.id = c.bid WHERE b.tender <> c.tender LIMIT 20"
    ),
    "a bid whose price was not explained is out": (
        "SELECT b.code FROM bid b JOIN clarification c ON c.bid = b.id"
        " WHERE c.explained IS FALSE AND b.state <> 'disqualified' LIMIT 20"
    ),
    "no report is sealed over an open clarification": (
        "SELECT t.code FROM tender t JOIN clarification c ON c.tender = t.id"
        " WHERE t.reported_at IS NOT NULL AND c.matter = 'low-price' AND c.explained IS NULL LIMIT 20"
    ),
}
