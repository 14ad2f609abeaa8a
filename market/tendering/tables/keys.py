"""Who holds which key: people's long-term pairs, each tender's public key, and its private half in shares."""

from piccolo.columns import BigSerial, Bytea, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS
from market.tendering.tables.tenders import Tender


class KeyholderKey(Table, tablename="keyholder_key"):
    """A person's long-term key pair; the private half is locked under a passphrase that is kept nowhere."""

    id = BigSerial(primary_key=True)
    account = Varchar(length=80, null=False, default=None, index=True, help_text=HANDS)
    suite = Varchar(length=80, null=False, default=None)
    public_key = Bytea(null=False, default=None)
    # Locked
    locked = Bytea(null=False, default=None)
    salt = Bytea(null=False, default=None)
    passes = Integer(null=False, default=None)
    kibibytes = Integer(null=False, default=None)
    lanes = Integer(null=False, default=None)
    # Lifecycle
    made_at = Timestamptz(null=False, default=None)
    changed_at = Timestamptz(null=True, default=None)
    retired_at = Timestamptz(null=True, default=None)


class TenderKey(Table, tablename="tender_key"):
    """A published tender's public key, and how many of how many shares give the private half back."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict, unique=True)
    suite = Varchar(length=80, null=False, default=None)
    public_key = Bytea(null=False, default=None)
    threshold = Integer(null=False, default=None)
    shares = Integer(null=False, default=None)
    made_at = Timestamptz(null=False, default=None)

    no_one_opens_alone = Check("threshold BETWEEN 2 AND shares")


class KeyShare(Table, tablename="key_share"):
    """One keyholder's share of a tender's private key, wrapped under that person's own public key."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    side = Varchar(length=20, null=False, default=None)
    account = Varchar(length=80, null=False, default=None, index=True, help_text=HANDS)
    name = Varchar(length=200, null=False, default=None, help_text=HANDS)
    organization = Varchar(length=18, null=False, default=None)
    held_under = ForeignKey(KeyholderKey, null=False, on_delete=OnDelete.restrict)
    wrapped = Bytea(null=False, default=None)
    salt = Bytea(null=False, default=None)
    commitment = Varchar(length=64, null=False, default=None)
    turned_at = Timestamptz(null=True, default=None)

    one_share_per_number = Unique([tender, number])
    one_share_per_person = Unique([tender, account])
    side_is_known = Check("side IN ('buyer', 'finance', 'witness')")


class PassedShare(Table, tablename="passed_share"):
    """A share whose keyholder has turned, wrapped for another of them, who alone can go on with it."""

    id = BigSerial(primary_key=True)
    giver = ForeignKey(KeyShare, null=False, on_delete=OnDelete.restrict)
    taker = ForeignKey(KeyShare, null=False, on_delete=OnDelete.restrict)
    wrapped = Bytea(null=False, default=None)

    passed_once = Unique([giver, taker])
    passed_to_another = Check("giver <> taker")


INDEXES = ["CREATE UNIQUE INDEX IF NOT EXISTS one_key_in_use ON keyholder_key (account) WHERE retired_at IS NULL"]

INVARIANTS = {
    "a tender's key has as many shares as it says, of different sides": (
        "SELECT t.code FROM tender_key k JOIN tender t ON t.id = k.tender"
        " WHERE (SELECT count(DISTINCT s.side) FROM key_share s WHERE s.tender = k.tender) <> k.shares LIMIT 20"
    ),
    "bids were opened by as many keyholders as the key asks for": (
        "SELECT t.code FROM tender_key k JOIN tender t ON t.id = k.tender WHERE t.opened_at IS NOT NULL"
        " AND (SELECT count(*) FROM key_share s WHERE s.tender = k.tender AND s.turned_at IS NOT NULL) < k.threshold"
        " LIMIT 20"
    ),
    "no key was turned before the opening moment": (
        "SELECT t.code FROM key_share s JOIN tender t ON t.id = s.tender WHERE s.turned_at < t.opens_at LIMIT 20"
    ),
}
