"""By what chance panels are drawn: the seed's digest from the notice on, the seed sealed, and each draw's pool."""

from piccolo.columns import JSONB, BigSerial, Bytea, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.tendering.tables.tenders import Tender


class PanelSeed(Table, tablename="panel_seed"):
    """The chance of one tender, fixed before anybody can know who bids; the seed is sealed until the award."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict, unique=True)
    commitment = Varchar(length=64, null=False, default=None)
    content = Bytea(null=False, default=None)
    content_key = Bytea(null=False, default=None)
    committed_at = Timestamptz(null=False, default=None)


class PanelDraw(Table, tablename="panel_draw"):
    """One draw: every expert of the pool under a ticket that names nobody, and who was seated; never changed."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    seats = Integer(null=False, default=None)
    pool = JSONB(null=False, default=None)
    drawn_at = Timestamptz(null=False, default=None)

    one_draw_per_number = Unique([tender, number])
    drawn_for_a_seat = Check("seats > 0 AND number > 0")
    the_pool_is_a_list = Check("jsonb_typeof(pool) = 'array'")


INVARIANTS = {
    "a panel is drawn under a seed committed before": (
        "SELECT d.id FROM panel_draw d LEFT JOIN panel_seed s ON s.tender = d.tender"
        " WHERE s.id IS NULL OR s.committed_at > d.drawn_at LIMIT 20"
    ),
}
