"""A large town: thousands of organizations and notices, invented from one number and copied into the database.

It is built into an empty database, or beside the demo town, in one transaction: whole or not at all. The same number
gives the same rows, but for database ids and the nonces under which the keys of bids are wrapped. Its history ends
where the town begins. Rows go through COPY in portions, so that memory does not grow with the size.
"""

import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from decimal import ROUND_UP, Decimal
from itertools import islice
from typing import Any

import asyncpg

from market.base.calendar import local_date
from market.base.database import prepare_connection
from market.base.storage import Storage
from market.law.queries import all_provisions
from market.needs.states import Source
from market.people.states import Role
from market.seed import catalogs, scale_people, scale_words
from market.seed.scale_columns import COLUMNS
from market.seed.scale_contracts import EVIDENCE, Contracts
from market.seed.scale_people import FOUNDED, NO_PASSWORD, OFFICE_ROLES, People
from market.seed.scale_plan import SIZES, Planner, need_drafted_at
from market.seed.scale_rows import LINES, Book, Entries, Start, money_of
from market.settings import Settings

PORTION = 2_000
_COUNTED = ("organization", "account", "tender", "contract", "contract_milestone", "contract_delivery", "invoice")
_LINE_TITLES = (
    ("为老服务", Source.DISTRICT),
    ("社区治理", Source.STREET),
    ("社区文体活动", Source.FUND),
    ("民生保障", Source.CITY),
)
_TEN_THOUSAND = Decimal(10_000)
# The copied services stand in an edition of their own, which follows the town's and holds from the same day.
_EDITION = """
    INSERT INTO catalogue_edition (code, register, number, state, begun_at, begun_by)
        SELECT 'menu-' || max(number) + 1, 'menu', max(number) + 1, 'draft', max(begun_at), 'operator'
        FROM catalogue_edition WHERE register = 'menu';
    INSERT INTO edition_entry (edition, code, revision, name_zh, name_en, parent, level, unit_zh, unit_en, item,
            category, price_from, price_until, standard, indicators, staff, evidence, checked, state)
        SELECT d.code, e.code, e.revision, e.name_zh, e.name_en, e.parent, e.level, e.unit_zh, e.unit_en, e.item,
            e.category, e.price_from, e.price_until, e.standard, e.indicators, e.staff, e.evidence, e.checked, e.state
        FROM entry e JOIN catalogue_edition d ON d.register = e.register AND d.state = 'draft'
        WHERE e.register = 'menu';
    UPDATE catalogue_edition SET state = 'superseded', in_force_until = in_force_from
        WHERE register = 'menu' AND state = 'in-force';
    UPDATE catalogue_edition SET state = 'in-force', grounds = '（虚构）', in_force_from = begun_at::date,
        published_at = begun_at, published_by = begun_by WHERE register = 'menu' AND state = 'draft';
"""
_WORD_INDEXES = """
    SELECT c.oid::regclass AS name, pg_get_indexdef(c.oid) AS definition
    FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid = c.oid
    WHERE a.amname = 'gin' AND pg_has_role(c.relowner, 'USAGE')
        AND i.indrelid::regclass::text IN ('tender', 'organization', 'profile', 'entry', 'edition_entry')
    ORDER BY 1
"""


class Progress:
    """Tells how far the work is: a line that changes on a terminal, a plain line now and then otherwise."""

    def __init__(self) -> None:
        """Begin to count the seconds."""
        self._began = self._told = time.monotonic()
        self._live = sys.stderr.isatty()

    def tell(self, what: str, done: int, whole: int) -> None:
        """Tell that so much of something is done."""
        now = time.monotonic()
        if done < whole and now - self._told < (0.2 if self._live else 10):
            return
        self._told = now
        words = f"{what}: {done:,} of {whole:,} after {now - self._began:.0f} s"
        if self._live:
            print(f"\r\x1b[K{words}", end="\n" if done >= whole else "", file=sys.stderr, flush=True)  # noqa: T201
        else:
            print(words, file=sys.stderr, flush=True)  # noqa: T201


async def build_scale(*, scale: str, seed: int, settings: Settings, dsn: str) -> None:
    """Build a large town; the caller has furnished the house and opened the pool, through which the law is read."""
    await catalogs.build_registers()
    size = SIZES[scale]
    people = People(size=size, seed=seed)
    planner = Planner(size=size, seed=seed, provisions=await all_provisions())
    text = scale_words.EVIDENCE.encode()
    stored = await Storage(settings.storage_url).save(chunks=_whole(text), name=EVIDENCE)
    connection = await asyncpg.connect(dsn)
    try:
        await prepare_connection(connection)
        async with connection.transaction():
            town = _Builder(connection, people, planner, Progress())
            # A word index kept row by row during a copy costs several times what building it afterwards does.
            indexes = await connection.fetch(_WORD_INDEXES)
            for index in indexes:
                await connection.execute(f"DROP INDEX {index['name']}")
            await town.settle()
            await town.purchase(digest=stored.digest, length=len(text))
            for index in indexes:
                await connection.execute(index["definition"])
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


class _Builder:
    """Copies what is invented into one open transaction."""

    def __init__(self, connection: Any, people: People, planner: Planner, progress: Progress) -> None:
        self._to = connection
        self._people = people
        self._planner = planner
        self._progress = progress
        self._size = people.size

    async def settle(self) -> None:
        """Copy organizations, profiles, accounts and the menu; nobody else adds to these tables meanwhile."""
        await self._to.execute(f"LOCK TABLE {', '.join(_COUNTED)}, counter, entry IN EXCLUSIVE MODE")
        self._ids = {table: await self._last_id(table) for table in _COUNTED}
        await self._copy_organizations()
        await self._copy_people()
        await self._copy_menu()

    async def _last_id(self, table: str) -> int:
        last = await self._to.fetchval(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608  our own names
        return int(last)

    async def _copy(self, table: str, columns: Sequence[str], rows: Any) -> None:
        await self._to.copy_records_to_table(table, records=rows, columns=columns)

    async def _in_portions(
        self, what: str, table: str, columns: Sequence[str], rows: Iterator[Any], whole: int
    ) -> None:
        done = 0
        while portion := list(islice(rows, PORTION)):
            await self._copy(table, columns, portion)
            done += len(portion)
            self._progress.tell(what, done, whole)

    async def _copy_organizations(self) -> None:
        first = self._ids["organization"] + 1
        houses = 2 * self._size.offices + self._size.districts + self._size.organizations
        rows = (scale_people.organization_row(h, number=n) for n, h in enumerate(self._people.houses(), first))
        await self._in_portions("organizations", "organization", scale_people.ORGANIZATION, rows, houses)
        apart = houses - self._size.organizations
        rows = (
            scale_people.profile_row(house, number=first + n, place=max(n - apart, 0))
            for n, house in enumerate(self._people.houses())
        )
        await self._in_portions("profiles", "profile", scale_people.PROFILE, rows, houses)
        self._ids["organization"] += houses

    async def _copy_people(self) -> None:
        first, by = self._ids["account"] + 1, "operator"
        many = self._size.districts * scale_people.EXPERTS + self._size.offices * len(OFFICE_ROLES)
        many += self._size.organizations
        rows = (
            (number, hand.login, hand.name, f"{hand.login}@scale.example", NO_PASSWORD, FOUNDED)
            for number, hand in enumerate(self._people.hands(), first)
        )
        await self._in_portions("people", "account", scale_people.ACCOUNT, rows, many)
        found = await self._to.fetch("SELECT code, id FROM organization")
        homes = {row["code"]: row["id"] for row in found}
        roles = (
            (number, homes[hand.organization], str(role), FOUNDED, by)
            for number, hand in enumerate(self._people.hands(), first)
            for role in hand.roles
        )
        await self._in_portions("roles", "membership", scale_people.MEMBERSHIP, roles, many + self._size.organizations)
        self._ids["account"] += many

    async def _copy_menu(self) -> None:
        pairs = await self._to.fetch(
            "SELECT e.code AS item, l.category FROM entry_link l JOIN entry e ON e.code = l.entry"
            " WHERE e.register = 'item' AND e.level > 0 AND e.state = 'in-use' ORDER BY 1, 2"
        )
        last = await self._to.fetchval(
            "SELECT coalesce(max(substr(code, 2)::int), 0) FROM entry WHERE register = 'menu' AND code ~ '^M[0-9]+$'"
        )
        menu = []
        for number in range(self._size.menu):
            item, category = pairs[number % len(pairs)]
            menu.append((f"M{last + number + 1:03d}", item, category))
        rows = (
            scale_people.entry_row(n, code=code, item=item, category=category, seed=self._people.seed)
            for n, (code, item, category) in enumerate(menu)
        )
        await self._in_portions("menu", "entry", scale_people.ENTRY, rows, self._size.menu)
        await self._to.execute(_EDITION)
        self._entries = Entries(menu=menu)

    async def purchase(self, *, digest: str, length: int) -> None:
        """Copy budget lines, needs, tenders and contracts with their events, in the order of their notices."""
        series = await self._to.fetch("SELECT series, last FROM counter")
        start = Start(ids=self._ids, series={row["series"]: row["last"] for row in series})
        book = Book(people=self._people, planner=self._planner, entries=self._entries, start=start)
        contracts = Contracts(book, digest=digest, size=length)
        await self._copy_lines(book)
        for number in range(self._size.notices):
            notice = book.write(self._planner.plan(number))
            if notice is not None:
                contracts.write(notice)
            if (number + 1) % PORTION == 0 or number + 1 == self._size.notices:
                for table, rows in book.rows.items():
                    await self._copy(table, COLUMNS[table], rows)
                    rows.clear()
                self._progress.tell("notices", number + 1, self._size.notices)
        await self._leave_numbers(book, start)

    async def _copy_lines(self, book: Book) -> None:
        """Sum up what every line will bear, then allot a little more."""
        sums: dict[tuple[int, int, int], list[Decimal]] = {}
        for number in range(self._size.notices):
            if self._planner.root(number) != number:
                continue
            plan = self._planner.plan(self._planner.last_attempt(number))
            year = local_date(need_drafted_at(self._planner.day(number))).year
            budget, amount, paid = money_of(plan)
            line = sums.setdefault((year, plan.office, plan.menu % LINES), [Decimal(0), Decimal(0), Decimal(0)])
            if amount is None:
                line[0] += budget
            else:
                line[1] += amount - paid
                line[2] += paid
            self._progress.tell("money", number + 1, self._size.notices)
        rows = []
        for year, office, which in sorted(sums):
            reserved, committed, paid = sums[year, office, which]
            moment = FOUNDED.replace(year=year, month=1, day=4)
            code = book.code("L", moment)
            book.lines[office, year, which] = code
            title, source = _LINE_TITLES[which]
            amount = ((reserved + committed + paid) * Decimal("1.1") / _TEN_THOUSAND).quantize(Decimal(1), ROUND_UP)
            officer = self._people.hand(office, Role.BUDGET_OFFICER, 1).login
            street = self._people.office(office).code
            money = (amount * _TEN_THOUSAND, reserved, committed, paid)
            rows.append((code, street, year, title, str(source), *money, moment, officer))
        columns = ("code", "street", "year", "title", "source", "amount", "reserved", "committed", "paid")
        await self._copy("budget_line", (*columns, "allotted_at", "allotted_by"), rows)
        # The books of these lines are opened with the sums they stand at.
        await self._to.execute(
            "INSERT INTO budget_movement (line, at, act, amount, reserved, committed, paid, account)"
            " SELECT code, allotted_at, 'allot-budget', amount, reserved, committed, paid, allotted_by"
            " FROM budget_line l WHERE NOT EXISTS (SELECT 1 FROM budget_movement m WHERE m.line = l.code) ORDER BY id"
        )

    async def _leave_numbers(self, book: Book, start: Start) -> None:
        """Leave sequences and series where the next record finds them."""
        for table in _COUNTED:
            await self._to.execute(
                f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, greatest(0,"  # noqa: S608
                f" (SELECT max(id) FROM {table}) - (SELECT last_value - (NOT is_called)::int FROM {table}_id_seq)))"
            )
        grown = [(name, last) for name, last in book.series.items() if last > start.series.get(name, 0)]
        await self._to.execute(
            "INSERT INTO counter (series, last) SELECT * FROM unnest($1::text[], $2::bigint[])"
            " ON CONFLICT (series) DO UPDATE SET last = excluded.last",
            [name for name, _ in grown],
            [last for _, last in grown],
        )
