"""What residents ask for, who spoke for it, what became of it, and the codes that prove a telephone number."""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS, HERSELF, NOBODY
from market.base.terms import LONGEST_TERM
from market.needs.tables.needs import Need
from market.people.tables import Organization


class Suggestion(Table):
    """What somebody asks their street to provide; `voices` counts who spoke for it, `terms` are for finding it."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    street = ForeignKey(
        Organization, target_column=Organization.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    revision = Integer(null=False, default=1)
    # What
    title = Varchar(length=200, null=False, default=None)
    words = Text(null=False, default="")
    place = Varchar(length=200, null=False, default=None)
    served = Varchar(length=200, null=False, default=None)
    people = Integer(null=True, default=None)
    category = Varchar(length=20, null=False, default=None)
    photos = Array(base_column=Varchar(length=40), null=False, default=[])
    terms = Array(
        base_column=Varchar(length=LONGEST_TERM), null=False, default=None, index=True, index_method=IndexMethod.gin
    )
    # Who: the organization that suggests openly, if any, and how many voices
    organization = Varchar(length=18, null=False, default="")
    suggested_at = Timestamptz(null=False, default=None)
    voices = Integer(null=False, default=0)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    answer = Text(null=False, default="")
    answer_url = Varchar(length=200, null=False, default="")
    answered_at = Timestamptz(null=True, default=None)
    answered_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    need = ForeignKey(Need, target_column=Need.code, null=True, default=None, on_delete=OnDelete.restrict, index=True)
    merged_into = Varchar(length=40, null=True, default=None, index=True)
    hidden_reason = Text(null=False, default="")
    hidden_by = Varchar(length=80, null=True, default=None, help_text=HANDS)

    state_is_known = Check("state IN ('open', 'taken-up', 'served', 'others', 'not-possible', 'merged', 'hidden')")
    voices_are_not_negative = Check("voices >= 0")
    answered_says_what = Check(
        "state NOT IN ('taken-up', 'served', 'others', 'not-possible') OR (answer <> '' AND answered_at IS NOT NULL)"
    )
    merged_leads_to_the_main_one = Check(
        "(state <> 'merged' OR merged_into IS NOT NULL) AND (merged_into IS NULL OR state IN ('merged', 'hidden'))"
    )
    hidden_says_why = Check("state <> 'hidden' OR hidden_reason <> ''")
    only_what_is_taken_up_has_a_need = Check("need IS NULL OR state IN ('taken-up', 'hidden')")


class Voice(Table):
    """Somebody who spoke for a suggestion: an account, or a telephone number kept sealed; each counts once.

    `speaker` is a keyed digest of the account or number; `said_on` is the suggestion it was spoken for, which stays
    when voices move to another by a merger.
    """

    id = BigSerial(primary_key=True)
    suggestion = ForeignKey(Suggestion, null=False, on_delete=OnDelete.restrict, index=False)
    speaker = Varchar(length=64, null=False, default=None, index=True)
    account = Varchar(length=80, null=False, default="", help_text=HERSELF)
    phone = Bytea(null=True, default=None, help_text=NOBODY)
    said_on = Varchar(length=40, null=False, default=None)
    spoke_at = Timestamptz(null=False, default=None)

    one_voice_each = Unique([suggestion, speaker])
    is_an_account_or_a_phone = Check("(account <> '') = (phone IS NULL)")


class PhoneCode(Table, tablename="phone_code"):
    """A code sent to a telephone number: digests only, good for some minutes and a few tries."""

    id = BigSerial(primary_key=True)
    phone = Varchar(length=64, null=False, default=None, index=True, help_text=NOBODY)
    address = Varchar(length=64, null=False, default=None, index=True)
    code = Varchar(length=64, null=False, default=None)
    tries = Integer(null=False, default=0)
    made_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)
    used_at = Timestamptz(null=True, default=None)

    expires_after_made = Check("expires_at > made_at")
    tries_are_counted = Check("tries >= 0")


class NeedProgress(Table, tablename="need_progress"):
    """A later step of what was suggested, as all who spoke were told: words with their values, and where they lead."""

    id = BigSerial(primary_key=True)
    suggestion = ForeignKey(Suggestion, null=False, on_delete=OnDelete.cascade, index=False)
    event = BigInt(null=False, default=None)
    step = Varchar(length=20, null=False, default=None)
    words = JSONB(null=False, default=None)
    url = Varchar(length=200, null=False, default="")
    at = Timestamptz(null=False, default=None)

    each_step_once = Unique([suggestion, event])
    step_is_known = Check(
        "step IN ('answered', 'merged', 'planned', 'tendering', 'awarded', 'contracted', 'evaluated', 'stopped')"
    )


INDEXES = [
    # The public list, the most supported first.
    "CREATE INDEX IF NOT EXISTS suggestion_by_voices ON suggestion (voices DESC, id DESC)",
]

INVARIANTS = {
    "a suggestion counts its voices": (
        "SELECT s.code FROM suggestion s WHERE s.merged_into IS NULL"
        " AND s.voices <> (SELECT count(*) FROM voice v WHERE v.suggestion = s.id) LIMIT 20"
    ),
    "a need that takes a suggestion up is of the same street": (
        "SELECT s.code FROM suggestion s JOIN need n ON n.code = s.need WHERE n.street <> s.street LIMIT 20"
    ),
    "voices move to where a merger ends": (
        "SELECT s.code FROM suggestion s LEFT JOIN suggestion m ON m.code = s.merged_into"
        " WHERE s.merged_into IS NOT NULL AND (m.id IS NULL OR m.state = 'merged') LIMIT 20"
    ),
}
