"""kill -9 at any moment: every act is whole or absent, never half, and a repeated request gets its first answer.

The real server with two workers is killed while a wave of acts is on its way. Afterwards the database alone tells what
happened: an act has its event, its rows, its file and its kept answer together, or nothing at all.
"""

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from market.base import clock, database
from market.base.database import one, rows
from market.base.embedded import APPLICATION, OWNER, Access
from market.seed import BEGINS
from tests.proofs import judging
from tests.proofs.purchase import headers_of
from tests.serving import free_port
from tests.town import BASE, SECRET, Town

# One belongs to a browser's session, and who loses a role cannot repeat what they did with it. An edition is begun by
# the keeper's other acts too, so that the ledger cannot tell whose request it was.
NOT_SENT = frozenset({"act-for", "revoke-role", "begin-edition"})
WAVES = 5
GIVEN_UP = "PT3M"
# Who waits for a lock: sessions of one's own role, and those of any role that wait to tell the ledger.
WAITING_TO_TELL = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'ledger_event'::regclass"
WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Sent(msgspec.Struct):
    """One request on its way: what it asks, and what came back before the kill, if anything."""

    act: str
    path: str
    body: dict[str, Any]
    who: str | None
    key: str
    answer: tuple[int, bytes] | None = None


class Victim:
    """The real server on one database; started again after each kill."""

    def __init__(self, *, dsn: str, owner: str, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._environ = {
            **os.environ,
            "SHECAI_DEMO": "1",
            "SHECAI_SECRET_KEY": SECRET,
            "SHECAI_BASE_URL": BASE,
            "SHECAI_DATA": str(folder),
            "SHECAI_DATABASE_URL": dsn,
            "SHECAI_ADMIN_DATABASE_URL": owner,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the server in a group of its own and wait until it is ready."""
        log = (self._folder / "serve.log").open("ab")
        with log:
            command = [sys.executable, "-m", "market", "serve", "--port", str(self.port), "--workers", "2"]
            self._process = await asyncio.create_subprocess_exec(
                *command, env=self._environ, stdout=log, stderr=log, start_new_session=True
            )
        async with httpx.AsyncClient(base_url=self.base) as client:
            for _ in range(1200):
                if self._process.returncode is not None:
                    break
                try:
                    if (await client.get("/health/ready")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError((self._folder / "serve.log").read_text()[-2000:])

    async def kill(self) -> None:
        """Kill the server and its workers at once, as a power cut would."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):  # it may have died by itself, which its log tells
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()
            self._process = None

    async def doctor(self) -> tuple[int | None, str]:
        """Examine the installation by the operator's command."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "market", "doctor", env=self._environ,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        return process.returncode, said.decode()


@pytest.fixture
async def victim(
    server: Access, town_template: str, cloned: Callable[[str], Awaitable[str]], tmp_path: Path
) -> AsyncIterator[Victim]:
    """The server on a town of its own, not yet started; our own pool is open on the same town."""
    name = await cloned(town_template)
    await database.connect_pool(dsn=server.dsn(APPLICATION, database=name), minimum=1, maximum=6)
    await clock.set_to(BEGINS)
    made = Victim(dsn=server.dsn(APPLICATION, database=name), owner=server.dsn(OWNER, database=name), folder=tmp_path)
    try:
        yield made
    finally:
        await database.close_pool()
        await made.kill()


async def every_act(base: str) -> list[Sent]:
    """Every act with its example from the OpenAPI document, valid in this town."""
    async with httpx.AsyncClient(base_url=base) as client:
        document = (await client.get("/schema/openapi.json")).json()
    found = []
    for path, methods in document["paths"].items():
        operation = methods.get("post")
        if operation is None or operation["operationId"] in NOT_SENT:
            continue
        if "Idempotency-Key" not in {p["name"] for p in operation["parameters"]}:
            continue  # what keeps no answer cannot give it again
        codes = {p["name"]: p.get("example", "") for p in operation["parameters"] if p["in"] == "path"}
        act = operation["operationId"]
        body = operation["requestBody"]["content"]["application/json"]["example"]
        found.append(Sent(act, path.format(**codes), body, operation.get("x-example-account"), f"kill-{act}"))
    return found


async def send(client: httpx.AsyncClient, sent: Sent) -> httpx.Response:
    headers = {**headers_of(sent.who), "Idempotency-Key": sent.key}
    return await client.post(sent.path, json=sent.body, headers=headers)


async def wave(victim: Victim, acts: list[Sent], *, chance: random.Random) -> None:
    """Send all at once and kill the server after a random number of answers and a moment more."""
    enough, arrived = chance.randint(0, len(acts) - 1), 0
    reached = asyncio.Event()
    if enough == 0:
        reached.set()

    async def one_request(client: httpx.AsyncClient, sent: Sent) -> None:
        nonlocal arrived
        try:
            answer = await send(client, sent)
        except httpx.HTTPError:
            return
        sent.answer = (answer.status_code, answer.content)
        arrived += 1
        if arrived >= enough:
            reached.set()

    async with httpx.AsyncClient(base_url=victim.base, timeout=30) as client:
        asking = [asyncio.create_task(one_request(client, sent)) for sent in acts]
        await asyncio.wait_for(reached.wait(), timeout=30)
        await asyncio.sleep(chance.uniform(0, 0.06))
        await victim.kill()
        await asyncio.gather(*asking)


async def events_of(sent: Sent, *, after: int) -> int:
    """Count how often an act happened: by its transactions, since one that writes many records tells of each."""
    found = await one(
        "SELECT count(DISTINCT xmin::text) AS many FROM ledger_event WHERE id > $1 AND split_part(tag, ':', 2) = $2",
        after,
        sent.act,
    )
    assert found is not None
    return int(found["many"])


async def last_event() -> int:
    found = await one("SELECT coalesce(max(id), 0) AS last FROM ledger_event")
    assert found is not None
    return int(found["last"])


async def judge_remains(acts: list[Sent], *, after: int) -> set[str]:
    """Judge the database as the kill left it and return the acts that are whole. No act may be half."""
    async with asyncio.timeout(10):  # a killed client's transaction is rolled back when the database notices
        while await rows(  # noqa: ASYNC110  the database tells no event
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle' AND backend_type = 'client backend'"
        ):
            await asyncio.sleep(0.02)
    assert await judging.broken() == []
    whole = set()
    for sent in acts:
        happened = await events_of(sent, after=after)
        kept = await one("SELECT status FROM answered_request WHERE key = $1 AND status IS NOT NULL", sent.key)
        assert happened in (0, 1), f"{sent.act} happened {happened} times"
        assert (kept is not None) == (happened == 1), f"{sent.act}: event {happened}, kept answer {kept}"
        if sent.answer and sent.answer[0] < 300:
            assert happened == 1, f"{sent.act} was answered with {sent.answer[0]} and is not there"
        if happened:
            whole.add(sent.act)
    return whole


async def repeat(victim: Victim, acts: list[Sent], whole: set[str], *, after: int) -> None:
    """Repeat every request: what happened answers as it did and does not happen again; the rest may be done now."""
    async with httpx.AsyncClient(base_url=victim.base, timeout=30) as client:
        moved = await client.post("/demo/clock", json={"advance": GIVEN_UP})
        assert moved.status_code == 200, moved.text
        for sent in acts:
            answer = await send(client, sent)
            if sent.act in whole:
                assert answer.headers.get("Idempotency-Replayed") == "true", f"{sent.act}: {answer.text}"
                if sent.answer:
                    assert (answer.status_code, answer.content) == sent.answer
            else:
                assert answer.status_code in (200, 201, 404, 422), f"{sent.act}: {answer.status_code} {answer.text}"
            done = answer.status_code in (200, 201)
            assert await events_of(sent, after=after) == done, sent.act
            if sent.act == "attach-file" and done:
                file = await client.get(answer.json()["url"], headers=headers_of(sent.who))
                assert file.status_code == 200
    assert await judging.broken() == []


async def kill_in_waves(victim: Victim, *, chance: random.Random) -> tuple[int, int]:
    """Do every act once, in waves each of which a kill ends; return how many acts a kill left whole and absent."""
    await victim.start()
    acts = await every_act(victim.base)
    chance.shuffle(acts)
    left_whole = left_absent = 0
    for number in range(WAVES):
        part, after = acts[number::WAVES], await last_event()
        await wave(victim, part, chance=chance)
        whole = await judge_remains(part, after=after)
        left_whole, left_absent = left_whole + len(whole), left_absent + len(part) - len(whole)
        await victim.start()
        await repeat(victim, part, whole, after=after)
    code, said = await victim.doctor()
    assert code == 0, said
    return left_whole, left_absent


async def test_a_killed_server_leaves_every_act_whole_or_absent(victim: Victim) -> None:
    whole, absent = await kill_in_waves(victim, chance=random.Random(4))
    assert whole > 2
    assert absent > 2


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10))
async def test_kills_at_full_size(victim: Victim, seed: int) -> None:
    await kill_in_waves(victim, chance=random.Random(seed))


async def test_a_kill_between_the_rows_and_the_event_leaves_nothing(victim: Victim, server: Access) -> None:
    await victim.start()
    acts = [
        sent
        for sent in await every_act(victim.base)
        if sent.act in ("submit-bid", "draft-need", "attach-file", "record-payment")
    ]
    assert len(acts) == 4
    before = await judging.portrait()
    blocker = await asyncpg.connect(victim._environ["SHECAI_ADMIN_DATABASE_URL"])
    try:
        async with httpx.AsyncClient(base_url=victim.base, timeout=30) as client:
            await blocker.execute("BEGIN; LOCK TABLE ledger_event IN SHARE ROW EXCLUSIVE MODE")
            asking = [asyncio.create_task(send(client, sent)) for sent in acts]
            async with asyncio.timeout(20):  # all four have written their rows and wait to tell the ledger
                while len(await blocker.fetch(WAITING_TO_TELL)) < len(acts):  # noqa: ASYNC110  the database tells no event
                    await asyncio.sleep(0.02)
            await victim.kill()
            answers = await asyncio.gather(*asking, return_exceptions=True)
            assert all(isinstance(answer, httpx.HTTPError) for answer in answers)
    finally:
        await blocker.close()
    after = await last_event()
    assert await judge_remains(acts, after=after) == set()
    assert judging.changed(before, await judging.portrait()) == []
    await victim.start()
    await repeat(victim, acts, set(), after=after)
    assert all([await events_of(sent, after=after) == 1 for sent in acts])


async def test_a_database_session_that_dies_mid_transaction_takes_its_act_with_it(town: Town) -> None:
    document = (await (await town.client()).get("/schema/openapi.json")).json()
    path, operation = next((p, m["post"]) for p, m in document["paths"].items() if p.endswith("/submit-bid"))
    code = next(p["example"] for p in operation["parameters"] if p["in"] == "path")
    body = operation["requestBody"]["content"]["application/json"]["example"]
    bidder = await town.client(operation["x-example-account"])
    before, after = await judging.portrait(), await last_event()
    blocker = await database.DB.get_new_connection()
    try:
        held = blocker.transaction()
        await held.start()
        await blocker.execute("SELECT 1 FROM tender WHERE code = $1 FOR UPDATE", code)
        headers = {"Idempotency-Key": "dying"}
        asking = asyncio.create_task(bidder.post(path.format(code=code), json=body, headers=headers))
        ended = None
        async with asyncio.timeout(10):
            while not ended:
                assert not asking.done(), asking.result().text
                await asyncio.sleep(0.02)
                ended = await blocker.fetchval(f"SELECT pg_terminate_backend(pid) FROM ({WAITING}) waiting LIMIT 1")
        await held.rollback()
    finally:
        await blocker.close()
    answer = await asking
    assert answer.status_code == 500
    assert judging.changed(before, await judging.portrait()) == []
    again = await bidder.post(path.format(code=code), json=body, headers=headers)
    assert again.status_code in (200, 201), again.text
    assert await events_of(Sent("submit-bid", "", {}, None, ""), after=after) == 1
    assert await judging.broken() == []
