"""What an operator does to an installation as a whole: migrate, seed, check receipts, examine."""

import getpass
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from market.base import clock, database, schema
from market.base.embedded import APPLICATION, OWNER, Server, running
from market.base.invariants import offences
from market.base.processes import CannotRun, hold
from market.oversight.queries import LEDGER_VERIFIED
from market.piccolo_conf import ROOMS
from market.settings import Settings

_OLDEST_SERVER = 150_000


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """The database of an installation: as owner, as application, and what the application's role is called."""

    owner: str | None
    application: str

    @property
    def application_role(self) -> str:
        """Return the name the application signs in by."""
        return unquote(urlsplit(self.application).username or "")

    def as_owner(self) -> str:
        """Return the owner's address; raises CannotRun when the operator did not give it."""
        if self.owner is None:
            raise CannotRun("SHECAI_ADMIN_DATABASE_URL must be set beside SHECAI_DATABASE_URL for this command")
        return self.owner


@contextmanager
def database_of(settings: Settings) -> Iterator[Where]:
    """Reach the installation's database; an embedded one that does not run is started for as long as it takes."""
    if settings.database_url is not None:
        yield Where(owner=settings.admin_database_url, application=settings.database_url)
        return
    access = running(settings.data)
    if access is not None:
        yield Where(owner=access.dsn(OWNER), application=access.dsn(APPLICATION))
        return
    with hold(settings.data):
        server = Server(settings.data)
        access = server.start()
        try:
            yield Where(owner=access.dsn(OWNER), application=access.dsn(APPLICATION))
        finally:
            server.stop()


async def migrate(*, owner: str, application_role: str) -> list[str]:
    """Bring the tables up to date as owner; return the migrations that ran."""
    async with connected(owner):
        return await schema.build(application_role=application_role)


async def load_law(*, settings: Settings, dsn: str) -> int:
    """Load the provisions that came with this version and are not here yet; return how many."""
    from market import app  # noqa: PLC0415  it brings every room, which no other command needs
    from market.law.actions import load_provisions  # noqa: PLC0415  likewise

    app.furnish(settings)
    async with connected(dsn):
        return await load_provisions(now=await clock.now())


async def pending(*, dsn: str) -> list[str]:
    """Return the migrations that have not run."""
    async with connected(dsn):
        return await schema.pending()


async def reach(*, dsn: str) -> None:
    """Make sure that the database lets us in; raises Unreachable when it does not."""
    async with connected(dsn):
        pass


async def is_empty(*, dsn: str) -> bool:
    """Tell whether nobody has an account yet."""
    async with connected(dsn):
        return await database.one("SELECT 1 FROM account LIMIT 1") is None


async def seed_town(*, settings: Settings, dsn: str) -> None:
    """Build the demo town through the acts of its people."""
    from market import app  # noqa: PLC0415  it brings every room, which no other command needs
    from market.seed import build_town  # noqa: PLC0415  likewise

    app.furnish(settings)
    async with connected(dsn):
        await build_town(settings=settings)


async def seed_scale(*, settings: Settings, where: Where, scale: str, seed: int) -> None:
    """Build a large invented town into an empty database, or beside the demo town.

    The rows are copied by the tables' owner where it is known, who alone may take the word indexes away meanwhile.
    """
    from market import app  # noqa: PLC0415  it brings every room, which no other command needs
    from market.seed.scale import build_scale  # noqa: PLC0415  likewise

    app.furnish(settings)
    async with connected(where.application):
        await build_scale(scale=scale, seed=seed, settings=settings, dsn=where.owner or where.application)


async def objections_to_scale(*, dsn: str) -> list[str]:
    """Tell why no large town can be built here: somebody uses this database, or one stands here already."""
    from market.desk.schema import EXAMPLES  # noqa: PLC0415  no other command needs it

    async with connected(dsn):
        if await database.one("SELECT 1 FROM account WHERE login = 'o000000'"):
            return ["a large town stands here already"]
        used = await database.one("SELECT 1 FROM account LIMIT 1")
        town = await database.one("SELECT 1 FROM keepsake WHERE name = $1", EXAMPLES)
    if used and not town:
        return ["somebody has an account here; a large town is only built into an empty database or beside the town"]
    return []


async def create_administrator(
    *, settings: Settings, dsn: str, account: dict[str, str], organization: dict[str, str], dry_run: bool = False
) -> None:
    """Make an account that governs the installation, and its organization if that is named and not here yet.

    Refused with every fault at once, by the same rules as on the pages. A dry run takes everything back at the end.
    """
    from market import app  # noqa: PLC0415  upper rooms follow the registration of an organization
    from market.base.forms import decode  # noqa: PLC0415  no other command needs people
    from market.people.actions import members  # noqa: PLC0415
    from market.people.forms import CreateAccount, RegisterOrganization  # noqa: PLC0415
    from market.people.states import OrganizationKind, Role, User  # noqa: PLC0415

    app.furnish(settings)
    sent = decode(CreateAccount, account)
    operator = User(account="operator", name="operator", roles=frozenset({Role.PLATFORM_ADMINISTRATOR}))
    async with connected(dsn), database.transaction() as work:
        now = await clock.now()
        code = sent.organization
        if organization.get("name") and await database.one("SELECT 1 FROM organization WHERE code = $1", code) is None:
            house = decode(RegisterOrganization, {**organization, "code": code, "kind": OrganizationKind.AUTHORITY})
            await members.register_organization(**msgspec.structs.asdict(house), by=operator, now=now)
        await members.create_account(**msgspec.structs.asdict(sent), by=operator, now=now)
        if dry_run:
            await work.rollback()


def make_fonts(data: Path) -> None:
    """Make the fonts that papers are printed with, unless they are made already."""
    from market.base.paper import PRESS  # noqa: PLC0415  it brings a whole printing press

    PRESS.furnish(demo=True, spare=data / "fonts")
    PRESS.prepare()


def faults_of_receipt(*, receipt: bytes, public: str) -> list[str]:
    """Return what is wrong with a bidder's receipt, read from its JSON, when it is checked with this public key.

    It needs neither server nor database: whoever keeps receipt and key can check one anywhere.
    """
    from market.tendering.sealing import receipts  # noqa: PLC0415  no other command needs it

    class Kept(msgspec.Struct, frozen=True, kw_only=True):
        promise: receipts.Promise
        leaf: str
        signature: str

    try:
        kept = msgspec.json.decode(receipt, type=Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return [f"this is no receipt: {error}"]
    holds = receipts.check(kept.promise, leaf=kept.leaf, signature=kept.signature, public=public)
    return [] if holds else ["the signature is not the one of this promise under this key"]


async def verify_ledger(*, dsn: str) -> tuple[int, list[str]]:
    """Count the ledger's events, tell what would let somebody change them, and note when that was asked and by whom."""
    async with connected(dsn):
        events, faults = await _ledger()
        await database.rows(
            "INSERT INTO keepsake (name, value) SELECT $1, $2::jsonb || jsonb_build_object('head', max(id))"
            " FROM ledger_event ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            LEDGER_VERIFIED,
            {"at": (await clock.now()).isoformat(), "by": getpass.getuser(), "faults": faults},
        )
        return events, faults


async def examine(*, dsn: str, settings: Settings) -> dict[str, list[str]]:
    """Ask everything that must be true of an installation; return each question with its faults."""
    findings: dict[str, list[str]] = {}
    async with connected(dsn):
        version = await database.one("SELECT current_setting('server_version_num')::int AS number")
        old = version is None or version["number"] < _OLDEST_SERVER
        findings["the server is PostgreSQL 15 or later"] = ["it is older"] if old else []
        findings["every migration has run"] = await schema.pending()
        if await database.one("SELECT 1 WHERE to_regclass('ledger_event') IS NULL"):
            findings["the tables are there"] = ["they are missing; run shecai migrate"]
            return findings
        _, findings["the ledger can only grow"] = await _ledger()
        findings["attachments can be kept"] = _faults_of_storage(settings)
        broken = await offences(rooms=ROOMS)
        findings["every room's invariants hold"] = [str(offence) for offence in broken]
    return findings


async def _ledger() -> tuple[int, list[str]]:
    counted = await database.one("SELECT count(*) AS events FROM ledger_event")
    faults = []
    guarded = await database.one(
        "SELECT 1 FROM pg_trigger WHERE tgrelid = 'ledger_event'::regclass AND tgname = 'ledger_is_append_only'"
        " AND tgenabled IN ('O', 'A')"
    )
    if guarded is None:
        faults.append("the trigger that refuses changes is missing or switched off")
    for privilege in ("UPDATE", "DELETE", "TRUNCATE"):
        may = await database.one("SELECT has_table_privilege('ledger_event', $1) AS may", privilege)
        if may and may["may"]:
            faults.append(f"the application's role may {privilege} the ledger")
    return (counted["events"] if counted else 0), faults


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[None]:
    """Hold a small pool on a database as long as this is open."""
    await database.connect_pool(dsn=dsn, minimum=1, maximum=4)
    try:
        yield
    finally:
        await database.close_pool()


def storage_folder(settings: Settings) -> Path:
    """Return where attachments are kept; raises CannotRun for a bucket, which has tools of its own."""
    address = urlsplit(settings.storage_url)
    if address.scheme != "file":
        raise CannotRun("attachments in an S3 bucket are backed up with the bucket's own tools")
    return Path(unquote(address.path))


def _faults_of_storage(settings: Settings) -> list[str]:
    if urlsplit(settings.storage_url).scheme != "file":
        return []
    folder = storage_folder(settings)
    return [] if folder.is_dir() and os.access(folder, os.W_OK) else [f"{folder} is missing or cannot be written"]
