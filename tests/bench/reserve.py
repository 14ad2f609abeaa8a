"""`reserve`: 32 officers of a street submitting needs on one budget line, beside the same lock, update and two inserts.

Every submission counted is a first one: each round has a line and needs of its own, all of them drafts. Last of all the
32 ask for twice what a line has, and what is reserved then is compared with the line's amount and with its movements.
The officers, their tokens and the needs are made once and kept; every run makes the needs drafts again.
"""

import asyncio
import hashlib
import http.client
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import asyncpg

from market.base.calendar import local_date
from market.base.embedded import OWNER
from market.base.processes import CannotRun
from tests.bench.compare import CONNECTIONS, Compared, Effort
from tests.bench.figures import Figure, at_most
from tests.bench.ground import Ground, say
from tests.bench.load import Load, Plan, request, run
from tests.bench.reserve_floor import LINE, TABLES

NEEDS = 16_000
FASTEST = 500
"""Submissions a second for which a round's needs suffice."""
WANTED = 0.4
_WARM = 0.3
_LINES = 100
_STORM = 4 * CONNECTIONS

_PEOPLE = """
    WITH street AS (SELECT m.organization AS office, a.name, a.password_hash FROM membership m
        JOIN account a ON a.id = m.account
        WHERE m.role = 'purchaser' AND m.revoked_at IS NULL ORDER BY m.id LIMIT 1),
    made AS (INSERT INTO account (login, name, email, lang, password_hash, suspended, created_at)
        SELECT 'bench-' || lpad(n::text, 2, '0'), s.name, '', 'zh-CN', s.password_hash, false, $2
        FROM street s, generate_series(1, $1::int) n ON CONFLICT (login) DO UPDATE SET suspended = false RETURNING id)
    INSERT INTO membership (account, organization, role, granted_at, granted_by)
        SELECT made.id, street.office, 'purchaser', $2, 'bench' FROM made, street ON CONFLICT DO NOTHING
"""
_OFFICERS = """
    SELECT a.id AS account, m.organization AS home, o.code AS street FROM account a
    JOIN membership m ON m.account = a.id JOIN organization o ON o.id = m.organization
    WHERE a.login ~ '^bench-' ORDER BY a.login
"""
_DRAFTS = """
    WITH item AS (SELECT row_number() OVER (ORDER BY code) - 1 AS n, count(*) OVER () AS of, code FROM entry
        WHERE register = 'item' AND state = 'in-use' AND code NOT IN (SELECT item FROM central_item))
    INSERT INTO need SELECT copy.* FROM (SELECT * FROM need ORDER BY id LIMIT 1) t,
        generate_series(1, $1::int) g JOIN item ON item.n = g % item.of,
        jsonb_populate_record(NULL::need, to_jsonb(t) || jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('need', 'id')), 'code', 'N-9999-' || lpad(g::text, 6, '0'),
            'street', $2::text, 'item', item.code, 'menu_item', '', 'edition', '', 'budget', 1, 'budget_line', $3::text,
            'committed', 0, 'paid', 0, 'management_cost', NULL,
            'state', 'draft', 'hands', '[]'::jsonb, 'reviewed_by', NULL, 'reviewed_at', NULL,
            'method', '', 'tender', NULL, 'term_months', 12, 'consulted_how', '居民会议', 'unit', '次', 'quantity', 1,
            'surveyed', '["甲", "乙", "丙"]'::jsonb, 'channel', 'here', 'earlier', '[]'::jsonb, 'legal_review', false,
            'law_reviewed_by', NULL, 'supervised_by', NULL, 'set_aside', '', 'beneficiaries', 1, 'place', '社区',
            'targets', '[{"name": "服务量", "number": "1", "unit": "次", "due_on": "2099-12-31"}]'::jsonb,
            'answers', '{"N-1":"no","N-2":"no","N-3":"no","N-4":"no","N-5":"no","N-6":"no"}'::jsonb)) copy
"""
_ANEW = """
    UPDATE need SET state = 'draft', revision = 1, submitted_at = NULL, hands = '[]', surveyed_on = $1,
        consulted_on = $1, budget_line = 'L-9999-' || lpad(((right(code, 6)::int - 1) / $2::int)::text, 4, '0')
    WHERE code ~ '^N-9999-'
"""


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """Measure how many needs a second are submitted on one line, and by how much the line is ever overspent."""
    # The last round's needs are the storm's; the one before the first warms both sides.
    many = min((NEEDS - _STORM) // (effort.rounds + 1), int((effort.seconds + 1) * FASTEST) + 1)
    here.once("reserve", lambda: asyncio.run(_prepare(here)), made_of=f"{NEEDS} {_PEOPLE} {_DRAFTS}")
    asyncio.run(_clear(here, many=many))
    with here.product() as port, here.floors() as bare:
        asyncio.run(_lay_floor(here, answer=_post(port, _path(1))))
        compared = _rounds(port, bare, effort, many=many)
        overspent = _storm(here, port, first=many * (effort.rounds + 1) + 1, many=many)
    yield compared.figure("reserve", wanted=WANTED)
    yield at_most("reserve-overspent", figure=overspent, wanted=0)


def _rounds(port: int, bare: int, effort: Effort, *, many: int) -> Compared:
    """Load both sides in turn; each of the product's rounds has a line of its own."""
    floor = [[request("/reservations", method="POST")] for _ in range(CONNECTIONS)]
    sides: tuple[list[Load], list[Load]] = ([], [])
    for round_ in range(effort.rounds + 1):
        first = 2 + round_ * many  # the very first need is submitted alone, for the floor's answer
        seconds = effort.seconds if round_ else max(effort.warm, 0.2)
        loads = (
            run(
                Plan(
                    port=port, requests=_submissions(first, many - 1), seconds=min(seconds, effort.seconds), warm=_WARM
                )
            ),
            run(Plan(port=bare, requests=floor, seconds=seconds, warm=_WARM)),
        )
        a, b = loads
        say(
            f"reserve {round_}/{effort.rounds}: {a.rate:.0f}/s (p50 {a.p50} p99 {a.p99} ms),"
            f" floor {b.rate:.0f}/s (p50 {b.p50} p99 {b.p99} ms), ratio {a.rate / b.rate:.3f}"
        )
        if round_:
            for side, load in zip(sides, loads, strict=True):
                side.append(load)
    return Compared(product=sides[0], floor=sides[1])


def _storm(here: Ground, port: int, *, first: int, many: int) -> float:
    """Let the 32 ask for twice what a line has; return by how many yuan its books are wrong."""
    line = f"L-9999-{(first - 1) // many:04d}"
    asyncio.run(_give(here, line=line, amount=_STORM // 2))
    run(
        Plan(port=port, requests=_submissions(first, _STORM), seconds=1.0),
        allowed=frozenset({http.HTTPStatus.OK, http.HTTPStatus.UNPROCESSABLE_ENTITY}),
    )
    return asyncio.run(_faults(here, line=line, amount=_STORM // 2))


def _submissions(first: int, many: int) -> list[list[bytes]]:
    """Deal needs out to the officers, a connection each."""
    return [
        [
            request(_path(need), method="POST", headers=_headers(officer))
            for need in range(first + officer, first + many, CONNECTIONS)
        ]
        for officer in range(CONNECTIONS)
    ]


def _secret(officer: int) -> str:
    return "shecai_" + hashlib.sha256(f"officer {officer} of the bench".encode()).hexdigest()


def _headers(officer: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {_secret(officer)}", "Accept": "application/json", "Content-Length": "0"}


def _path(need: int) -> str:
    return f"/needs/N-9999-{need:06d}/submit-need"


async def _prepare(here: Ground) -> None:
    """Give one street 32 officers with a token each, and draft the needs."""
    own = await asyncpg.connect(here.access.dsn(OWNER))
    now = datetime.now(UTC)
    try:
        await own.execute(
            "DELETE FROM budget_movement WHERE line ~ '^L-9999-'; DELETE FROM need WHERE code ~ '^N-9999-'"
        )
        await own.execute(
            "DELETE FROM token WHERE code ~ '^K-OFFICER'; DELETE FROM budget_line WHERE code ~ '^L-9999-'"
        )
        await own.execute(_PEOPLE, CONNECTIONS, now)
        officers = await own.fetch(_OFFICERS)
        await own.executemany(
            "INSERT INTO token (code, digest, name, account, organization, acts, created_at, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                (f"K-OFFICER{n:02d}", hashlib.sha256(_secret(n).encode()).hexdigest(), "bench", row["account"],
                 row["home"], ["submit-need"], now, now + timedelta(days=36_500))
                for n, row in enumerate(officers)
            ],
        )  # fmt: skip
        street = officers[0]["street"]
        await own.execute(
            "INSERT INTO budget_line (code, street, year, title, source, amount, reserved, committed, paid, state,"
            " allotted_at, allotted_by) SELECT 'L-9999-' || lpad(n::text, 4, '0'), $1, $2, '量测', 'street', 1, 0, 0,"
            " 0, 'allotted', $3, 'bench' FROM generate_series(0, $4::int) n",
            street,
            now.year,
            now,
            _LINES,
        )
        made = await own.execute(_DRAFTS, NEEDS, street, "L-9999-0000")
        if made != f"INSERT 0 {NEEDS}":
            raise CannotRun(f"the reserve bench could not draft its needs: {made}")
    finally:
        await own.close()


async def _clear(here: Ground, *, many: int) -> None:
    """Make every need a draft again, with as many on each line as a round takes, and every line whole."""
    own = await asyncpg.connect(here.access.dsn(OWNER))
    today = local_date(datetime.now(UTC))
    try:
        await own.execute("DELETE FROM budget_movement WHERE line ~ '^L-9999-'")
        await own.execute(_ANEW, today - timedelta(days=10), many)
        await own.execute(
            "UPDATE budget_line SET reserved = 0, amount = 1000000, year = $1 WHERE code ~ '^L-9999-'", today.year
        )
        await own.execute("VACUUM ANALYZE")
    finally:
        await own.close()


async def _lay_floor(here: Ground, *, answer: bytes) -> None:
    bare = await asyncpg.connect(here.floors_dsn)
    try:
        await bare.execute(TABLES)
        await bare.execute("INSERT INTO bare_line VALUES ($1, 1e9, 0, 0, 0, $2)", LINE, answer.decode())
    finally:
        await bare.close()


async def _give(here: Ground, *, line: str, amount: int) -> None:
    own = await asyncpg.connect(here.access.dsn(OWNER))
    try:
        await own.execute("UPDATE budget_line SET amount = $2 WHERE code = $1", line, amount)
    finally:
        await own.close()


async def _faults(here: Ground, *, line: str, amount: int) -> float:
    """Return how far reservations, movements and submitted needs of a line are from what it had to give."""
    own = await asyncpg.connect(here.access.dsn(OWNER))
    try:
        row = await own.fetchrow(
            "SELECT reserved, (SELECT sum(reserved) FROM budget_movement WHERE line = l.code) AS moved,"
            " (SELECT sum(budget) FROM need WHERE budget_line = l.code AND state = 'submitted') AS asked"
            " FROM budget_line l WHERE code = $1",
            line,
        )
    finally:
        await own.close()
    assert row is not None
    say(f"reserve: of {amount} yuan, {row['reserved']} are reserved, {row['moved']} moved, {row['asked']} asked")
    return float(max(abs((row[name] or 0) - amount) for name in ("reserved", "moved", "asked")))


def _post(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, headers=_headers(0))
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise CannotRun(f"{path} was answered with {answer.status}: {body.decode()[:500]}")
    return body
