"""Where the embedded server's socket lies: in a folder that only we can enter, under a path that is short enough."""

import hashlib
import os
import re
import socket
import stat
import tempfile
from pathlib import Path

from market.base.processes import CannotRun, unprivileged_account

SOCKET = ".s.PGSQL.5432"
_LONGEST_PATH = 100
_PLAIN_PATH = re.compile(r"[\w./+-]+", re.ASCII)


def socket_folder(data: Path) -> Path:
    """Return a 0700 folder whose socket's path is short and plain enough; beside the data or below the system's."""
    folder = data / "run"
    path = str(folder / SOCKET)
    if len(path.encode()) > _LONGEST_PATH or not _PLAIN_PATH.fullmatch(path) or not _takes_sockets(folder):
        mark = hashlib.sha256(str(data).encode()).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"shecai-{os.geteuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = {os.geteuid()} | ({unprivileged_account().pw_uid} if os.geteuid() == 0 else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours or found.st_mode & 0o077:
        raise CannotRun(f"{folder} is not a folder that only we can enter; remove it and start again")
    return folder


def _takes_sockets(folder: Path) -> bool:
    """Try whether the file system knows Unix sockets; folders shared with a virtual machine often do not."""
    folder.mkdir(mode=0o700, exist_ok=True)
    probe = folder / ".probe"
    probe.unlink(missing_ok=True)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as attempt:
            attempt.bind(str(probe))
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True
