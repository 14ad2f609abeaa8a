"""Settings from the environment, validated at start with every fault named at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

DEMO_OCID_PREFIX = "ocds-000000"
_SHORTEST_SECRET = 32
_OCID_PREFIX = re.compile(r"ocds-[a-z0-9]{6}")


class BadSettings(Exception):
    """One or more settings are missing or malformed; the message names them all, one a line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. `database_url` None means the embedded server in the data folder."""

    data: Path
    demo: bool
    secret_key: str
    base_url: str
    database_url: str | None
    admin_database_url: str | None
    storage_url: str
    smtp_url: str | None
    sms_url: str | None
    ocid_prefix: str


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment. Raises BadSettings naming every fault."""
    env = os.environ if environ is None else environ
    faults: list[str] = []
    demo = env.get("SHECAI_DEMO") == "1"
    if env.get("SHECAI_DEMO", "") not in ("", "0", "1"):
        faults.append("SHECAI_DEMO must be 1 for the demo, and 0 or unset otherwise")
    data = Path(env.get("SHECAI_DATA") or ".shecai").absolute()
    secret = env.get("SHECAI_SECRET_KEY", "")
    base_url = env.get("SHECAI_BASE_URL", "")
    if len(secret) < _SHORTEST_SECRET:
        faults.append(f"SHECAI_SECRET_KEY must be set, with at least {_SHORTEST_SECRET} characters")
    if _address(base_url).scheme not in ("http", "https") or not _address(base_url).hostname:
        faults.append("SHECAI_BASE_URL must be the public http(s) address of this installation")
    faults += [
        f"{name} must be a postgresql:// URL"
        for name in ("SHECAI_DATABASE_URL", "SHECAI_ADMIN_DATABASE_URL")
        if env.get(name) and _address(env[name]).scheme not in ("postgres", "postgresql")
    ]
    storage = env.get("SHECAI_STORAGE_URL") or f"file://{data}/storage"
    if _address(storage).scheme not in ("file", "s3"):
        faults.append("SHECAI_STORAGE_URL must begin with file:// or s3://")
    smtp = env.get("SHECAI_SMTP_URL") or None
    if smtp and _address(smtp).scheme not in ("smtp", "smtps"):
        faults.append("SHECAI_SMTP_URL must begin with smtp:// or smtps://")
    sms = env.get("SHECAI_SMS_URL") or None
    if sms and (_address(sms).scheme not in ("http", "https") or not _address(sms).hostname):
        faults.append("SHECAI_SMS_URL must be the http(s) address of a gateway that takes messages as JSON")
    prefix = env.get("SHECAI_OCID_PREFIX", "")
    if prefix and not _OCID_PREFIX.fullmatch(prefix):
        faults.append("SHECAI_OCID_PREFIX must be a registered prefix such as ocds-a1b2c3")
    if faults:
        raise BadSettings("\n".join(faults))
    return Settings(
        data=data,
        demo=demo,
        secret_key=secret,
        base_url=base_url.rstrip("/"),
        database_url=env.get("SHECAI_DATABASE_URL") or None,
        admin_database_url=env.get("SHECAI_ADMIN_DATABASE_URL") or None,
        storage_url=storage,
        smtp_url=smtp,
        sms_url=sms,
        ocid_prefix=prefix or (DEMO_OCID_PREFIX if demo else ""),
    )


def _address(text: str) -> SplitResult:
    """Split an address; one that cannot be split or whose port is none has no scheme and no host."""
    try:
        split = urlsplit(text)
        split.port  # noqa: B018  reading it judges it
    except ValueError:
        return urlsplit("")
    return split
