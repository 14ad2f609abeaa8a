"""What must hold after whatever anybody did: told from the database alone, beside what the rooms say of themselves."""

from collections.abc import Iterable, Mapping

from market.base.database import one, rows
from market.base.invariants import offences
from market.base.lifecycle import HOUSE
from market.people.states import Role
from market.piccolo_conf import ROOMS

Picture = Mapping[str, tuple[int, str]]
Places = Mapping[tuple[str, str], str]

# What a request leaves behind although its act was refused: its key, its session, that somebody looked or tried.
TRACES = frozenset({"answered_request", "session", "sign_in_failure", "token", "keepsake", "sensitive_read"})
# What an act does to another record than its own, or to its own beside the step's `to`.
ALSO: Mapping[str, frozenset[tuple[str, str, str]]] = {
    "publish-catalogue": frozenset({("entry", "in-use", "retired"), ("entry", "retired", "in-use")}),
    "put-in-force": frozenset({("entry", "in-use", "retired"), ("entry", "retired", "in-use")}),
    "review-need": frozenset({("need", "submitted", "sent-back")}),
    "record-official-result": frozenset({("need", "handed-over", "approved"), ("need", "handed-over", "sent-back")}),
    "publish-intention": frozenset({("intention", "published", "republished")}),
    "draft-tender": frozenset({("need", "approved", "tendering")}),
    "cancel-tender": frozenset({("need", "tendering", "approved")}),
    "fail-tender": frozenset({("need", "tendering", "approved")}),
    "turn-key": frozenset(
        {("tender", "open", "opened"), ("tender", "open", "failed"), ("need", "tendering", "approved")}
    ),
    "check-bid": frozenset({("tender", "evaluating", "failed"), ("need", "tendering", "approved")}),
    "review-contract": frozenset({("contract", "drafted", "returned")}),
    "sign-contract": frozenset(
        {("tender", "awarded", "contracted"), ("need", "tendering", "contracted"), ("need", "awarded", "contracted")}
    ),
    # Where the law lets an organization act alone, its proposal is in effect at once.
    "suspend-contract": frozenset({("contract", "in-force", "suspended")}),
    "resume-contract": frozenset({("contract", "suspended", "in-force")}),
    "terminate-contract": frozenset({("contract", "in-force", "terminated"), ("contract", "suspended", "terminated")}),
    "sign-amendment": frozenset(
        {
            ("contract", "in-force", "suspended"),
            ("contract", "suspended", "in-force"),
            ("contract", "in-force", "terminated"),
            ("contract", "suspended", "terminated"),
        }
    ),
}
AT_ONCE = frozenset({"suspend-contract", "resume-contract", "terminate-contract"})
MONEY = {
    "what a line has committed and paid is what its signed contracts come to": (
        "SELECT l.code FROM budget_line l LEFT JOIN need n ON n.budget_line = l.code"
        " LEFT JOIN contract c ON c.need = n.code AND c.signed_at IS NOT NULL"
        " GROUP BY l.id HAVING l.committed + l.paid <> coalesce(sum(c.amount - c.released), 0)"
    ),
    "what a line has paid is what was paid on its contracts' invoices": (
        "SELECT l.code FROM budget_line l LEFT JOIN need n ON n.budget_line = l.code"
        " LEFT JOIN contract c ON c.need = n.code LEFT JOIN contract_milestone m ON m.contract = c.id"
        " LEFT JOIN invoice i ON i.milestone = m.id LEFT JOIN invoice_payment p ON p.invoice = i.id"
        " GROUP BY l.id HAVING l.paid <> coalesce(sum(p.amount), 0)"
    ),
    "a line never promises more than it was allotted": (
        "SELECT code FROM budget_line WHERE amount - reserved - committed - paid < 0"
        " OR least(reserved, committed, paid) < 0"
    ),
    "accepted is at least invoiced is at least paid": (
        "SELECT m.id FROM contract_milestone m"
        " LEFT JOIN LATERAL (SELECT coalesce(sum(i.amount - i.credited), 0) AS invoiced FROM invoice i"
        "  WHERE i.milestone = m.id AND i.state <> 'returned') i ON true"
        " LEFT JOIN LATERAL (SELECT coalesce(sum(p.amount), 0) AS paid FROM invoice_payment p"
        "  JOIN invoice v ON v.id = p.invoice WHERE v.milestone = m.id) p ON true"
        " WHERE invoiced > CASE WHEN m.accepted_at IS NULL THEN 0 ELSE m.amount END OR paid > invoiced"
    ),
    "a contract was signed for what its winner asked last, within the tender's budget": (
        "SELECT c.code FROM contract c JOIN tender t ON t.code = c.tender CROSS JOIN LATERAL (SELECT c.amount -"
        "  coalesce(sum(a.money), 0) AS price FROM contract_amendment a WHERE a.contract = c.id"
        "  AND a.state = 'effective') first"
        " WHERE first.price > t.budget OR NOT EXISTS (SELECT 1 FROM bid b WHERE b.tender = t.id AND b.rank = 1"
        "  AND b.organization = c.supplier AND coalesce(b.final_price, b.price) = first.price)"
    ),
    "supplements of a contract together are at most a tenth of what was signed": (
        "SELECT c.code FROM contract c JOIN contract_amendment a ON a.contract = c.id AND a.state = 'effective'"
        " GROUP BY c.id HAVING coalesce(sum(a.money) FILTER (WHERE a.money > 0), 0)"
        "  > (c.amount - sum(a.money)) * 0.10"
    ),
}


async def portrait() -> Picture:
    """Return how many rows every table holds, and a digest of them; a single changed letter changes it."""
    tables = [
        row["tablename"]
        for row in await rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        if row["tablename"] not in TRACES
    ]
    sql = " UNION ALL ".join(
        f"SELECT '{name}' AS name, count(*) AS rows,"
        f' coalesce(sum(hashtextextended(x::text, 7)::numeric), 0)::text AS digest FROM "{name}" x'
        for name in tables
    )
    return {row["name"]: (row["rows"], row["digest"]) for row in await rows(sql)}


async def places() -> Places:
    """Return the state in which each record of each kind stands."""
    found = {}
    for kind in await kinds_in_tables():
        for row in await rows(f'SELECT code, state FROM "{kind}"'):
            found[kind, row["code"]] = row["state"]
    return found


async def kinds_in_tables() -> list[str]:
    """Return the kinds whose records stand in a table of their name, with code and state."""
    known = await rows(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND column_name IN ('code', 'state') GROUP BY table_name HAVING count(*) = 2"
    )
    return sorted({row["table_name"] for row in known} & set(HOUSE.lifecycles))


def changed(before: Picture, after: Picture) -> list[str]:
    """Return the tables that are not as they were."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def wrong_moves(before: Places, after: Places, *, act: str | None) -> list[str]:
    """Return the moves that no lifecycle knows: of an act the single step, of time (None) any chain of its steps."""
    steps = [HOUSE.steps[act]] if act else [pair for pair in HOUSE.steps.values() if Role.CLOCK in pair[1].by]
    allowed = {
        (life.kind, str(origin), str(step.to))
        for life, step in steps
        if step.to is not None and step.of in ("", life.kind)
        for origin in step.on
    }
    for _, step in steps:
        allowed |= ALSO.get(str(step.act), frozenset())
    born = {(life.kind, str(step.to)) for life, step in steps if step.to is not None}
    born |= {("amendment", "effective")} if act in AT_ONCE else set()
    found = []
    for (kind, code), state in after.items():
        was = before.get((kind, code))
        if was is None:
            first = set(HOUSE.lifecycles[kind].states)
            if (kind, state) not in born and not _planned(kind, state, act) and state in first:
                found.append(f"{kind} {code} began as {state}")
        elif was != state and not _leads(kind, was, state, allowed, far=act is None):
            found.append(f"{kind} {code} moved from {was} to {state}")
    found += [f"{kind} {code} is gone" for kind, code in before.keys() - after.keys()]
    return found


def _planned(kind: str, state: str, act: str | None) -> bool:
    """A contract's signing plans its evaluations: its follower makes them. An edition in force brings its entries."""
    return (kind, state, act) in (
        ("evaluation", "planned", "sign-contract"),
        ("entry", "in-use", "publish-catalogue"),
        ("entry", "in-use", None),
    )


def _leads(kind: str, was: str, state: str, allowed: Iterable[tuple[str, str, str]], *, far: bool) -> bool:
    reached = {was}
    for _ in range(8 if far else 1):
        reached |= {target for of, origin, target in allowed if of == kind and origin in reached}
    return state in reached


async def broken() -> list[str]:
    """Return every sentence about the data that is not true now: the rooms' own, and the money across rooms."""
    found = [str(offence) for offence in await offences(rooms=ROOMS)]
    for sentence, sql in MONEY.items():
        found += [f"not true that {sentence}: {row}" for row in (await rows(sql))[:3]]
    return found


class History:
    """The ledger as it was seen: whatever was in it stays in it, letter by letter."""

    def __init__(self) -> None:
        self._last, self._digest = 0, "0"

    async def see(self) -> list[str]:
        """Return the tags appended since the last look. Raises AssertionError when what was there has changed."""
        assert await self._digest_until(self._last) == self._digest, "the ledger's past was changed"
        fresh = await rows("SELECT id, tag FROM ledger_event WHERE id > $1 ORDER BY id", self._last)
        self._last = fresh[-1]["id"] if fresh else self._last
        self._digest = await self._digest_until(self._last)
        return [row["tag"] for row in fresh]

    async def _digest_until(self, last: int) -> str:
        found = await one(
            "SELECT coalesce(sum(hashtextextended(x::text, 7)::numeric), 0)::text AS digest FROM ledger_event x"
            " WHERE id <= $1",
            last,
        )
        assert found is not None
        return str(found["digest"])
