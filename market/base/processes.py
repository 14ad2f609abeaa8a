"""Child processes that end with their parent, that give up root, and a folder that one process holds at a time."""

import ctypes
import fcntl
import os
import pwd
import signal
import stat
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

_SET_PDEATHSIG = 1
_SET_KEEPCAPS = 8
_CAP_AMBIENT = 47
_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2

LOCK = ".shecai.lock"

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class CannotRun(Exception):
    """The machine does not allow what was asked; the message tells the operator why."""


def die_with_parent(death: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel for this signal when the parent of this process ends; only Linux can.

    Where the parent has ended already (its child now belongs to another process), end at once.
    """
    if _libc is not None:
        _prctl(_SET_PDEATHSIG, death)


def preparation(*, death: signal.Signals, parent: int, unprivileged: bool, reach: Iterable[Path]) -> Callable[[], None]:
    """Return what a new child does before its program starts: leave root, then end when its parent does.

    `reach` are the folders that the program needs; when the unprivileged user cannot get to them (a home folder
    of root, for one), the child keeps the one capability that lets it, and no other.
    """
    account = unprivileged_account() if unprivileged else None
    capability = _capability_for(reach) if account is not None else None

    def prepare() -> None:
        if account is not None:
            _leave_root(account, capability)
        die_with_parent(death)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def unprivileged_account() -> pwd.struct_passwd:
    """Return the account that owns nothing, for programs that refuse to run as root."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise CannotRun("this runs as root, and the machine has no account `nobody` to run PostgreSQL as") from None


def hold(folder: Path) -> IO[str]:
    """Hold a data folder for this process until the returned file is closed; raises CannotRun when another does.

    A folder that is not ours and not empty is refused, so that nothing of somebody else is ever touched.
    """
    mark = folder / LOCK
    if not mark.exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise CannotRun(f"{folder} is not empty and was not made by Shecai; choose another folder")
        folder.mkdir(parents=True, exist_ok=True, mode=0o711)
    file = mark.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise CannotRun(f"{folder} is in use by process {holder}") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _prctl(option: int, *arguments: int) -> None:
    if _libc is None:
        return
    padded = [*arguments, 0, 0, 0, 0][:4]
    if _libc.prctl(option, *(ctypes.c_ulong(argument) for argument in padded)) != 0:
        raise OSError(ctypes.get_errno(), "prctl failed")


def _leave_root(account: pwd.struct_passwd, capability: int | None) -> None:
    if capability is not None:
        _prctl(_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
    os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
    if capability is not None and _libc is not None:
        mask = 1 << capability
        header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
        if _libc.capset(header, struct.pack("6I", mask, mask, mask, 0, 0, 0)) != 0:
            raise OSError(ctypes.get_errno(), "capset failed")
        _prctl(_CAP_AMBIENT, _CAP_AMBIENT_RAISE, capability)


def _capability_for(folders: Iterable[Path]) -> int | None:
    closed = [folder for folder in folders if not _open_to_all(folder)]
    if not closed:
        return None
    held = _held_capabilities()
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if held & (1 << capability):
            return capability
    names = ", ".join(str(folder) for folder in closed)
    raise CannotRun(f"PostgreSQL does not run as root, and the account `nobody` cannot reach {names}")


def _open_to_all(folder: Path) -> bool:
    path = folder.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))


def _held_capabilities() -> int:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("CapEff:")), "CapEff: 0")
    return int(line.split()[1], 16)
