"""Disks that are full, forbidden or over a limit: it is said, nothing is lost, and with room again it goes on.

Run as a program it works on a small disk that was mounted on the folder it is given, and prints what it found.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.errors import ExitCode
from tests.bench.proofs.hand import GO_ON, Hand
from tests.bench.proofs.homes import Kind, noted, prepare, run
from tests.bench.proofs.journals import look
from tests.bench.proofs.table import Job, Row, skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POINTS, QUICK_POINTS = 40, 3
SITTINGS, QUICK_SITTINGS = 10, 1
MIB = 1024 * 1024
DISK = 48 * MIB
MOST_FREE = 16 * MIB
"""Up to here a disk is too full for a long note, or just not."""

LONGEST_FILE = 8 * MIB
SAID = (m.STORE_FULL, m.STORE_DISK, m.STORE_READ_ONLY, m.STORE_CANNOT_OPEN)

NO_POWERS = "import ctypes; ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522), (ctypes.c_uint32 * 6)())"
"""Run first, even root is held to what a file's mode says (capset, Linux)."""

LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
"""Run first, no file grows beyond a size, as with `ulimit -f`."""

NO_QUOTA_LEFT = """
import ctypes, errno, os, struct
write, pwrite = {"x86_64": (1, 18), "aarch64": (64, 68)}[os.uname().machine]
lines = [(0x20, 0, 0, 0), (0x15, 1, 0, write), (0x15, 0, 3, pwrite), (0x20, 0, 0, 16), (0x25, 0, 1, 2)]
lines += [(0x06, 0, 0, 0x50000 | errno.EDQUOT), (0x06, 0, 0, 0x7FFF0000)]
lines = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
kernel = ctypes.CDLL(None)
kernel.prctl(38, 1, 0, 0, 0)
if kernel.prctl(22, 2, struct.pack("HP", 7, ctypes.addressof(lines)), 0, 0):
    raise SystemExit(125)
"""
"""Run first, the kernel answers every write to a file as where a quota is used up (a seccomp filter, Linux)."""


def long_note(rng: random.Random, size: int) -> str:
    """A note of about so many letters, whose words are not in the search index yet."""
    words = (f"{rng.getrandbits(40):010x}" for _ in range(size // 11))
    return "too much " + " ".join(words)


def attempt(home: Path, text: str, first: str, undo: Callable[[], object]) -> tuple[int, list[str]]:
    """Write a note where it may be refused; the exit code, and what is wrong with what came of it."""
    before = look(home)
    done = noted(home, text, first)
    undo()
    held = look(home)
    faults = [*held.unsound, *held.halves]
    if done.code not in (ExitCode.OK, ExitCode.CANNOT_WRITE):
        faults.append(f"ended with {done.code}")
    if done.code and not any(said in done.err for said in SAID):
        faults.append(f"said {done.err.strip()!r}")
    if (done.code == 0) != (text in held.settled):
        faults.append(f"ended with {done.code}, and the note is{'' if done.code else ' not'} there")
    if any(answer not in held.answers for answer in before.answers):
        faults.append("an earlier note is gone")
    if noted(home, "afterwards").code or "afterwards" not in look(home).settled:
        faults.append("refused afterwards")
    return done.code, faults


def row(what: str, found: list[tuple[int, list[str]]]) -> Iterator[Row]:
    """How many were taken and refused, and every fault."""
    refused = sum(code != 0 for code, _ in found)
    faults = [fault for _, ones in found for fault in ones]
    figures = f"{len(found) - refused} kept, {refused} refused, {len(faults)} faults"
    yield Row(what, figures, "0 faults, some refused", not faults and refused > 0)
    for fault in dict.fromkeys(faults):
        yield Row(f"  {fault}", str(faults.count(fault)), "0", kept=False)


@contextmanager
def fresh(base: Path) -> Iterator[Path]:
    """A copy of a home, to do harm to."""
    with tempfile.TemporaryDirectory(dir=base.parent, prefix="point-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(base, home)
        yield home
        home.chmod(0o700)


def begun(folder: Path, kind: Kind) -> Path:
    """A home with a journal and a few notes."""
    home = folder / "base"
    prepare(home, kind)
    assert all(noted(home, f"kept before, {n}").code == 0 for n in range(3))
    return home


# --- on a small disk of its own ------------------------------------------------------------


def fill(folder: Path, free: int) -> Path:
    """Fill the disk up but for so many bytes; the result is the file that does it."""
    filling = folder / "filling"
    with filling.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(folder).free - free))
    return filling


def full(base: Path, points: int, rng: random.Random) -> list[tuple[int, list[str]]]:
    """Write a long note with more and more room."""
    found = []
    for point in range(points):
        with fresh(base) as home:
            filling = fill(base.parent, MOST_FREE * point // (points - 1))
            found.append(attempt(home, long_note(rng, 3 * MIB), "", filling.unlink))
    return found


def full_in_a_sitting(base: Path, rng: random.Random) -> tuple[int, list[str]]:
    """The disk fills up while an answer is typed: it is said, and once there is room, tried again."""
    with fresh(base) as home, Hand(home, rng, "sitting", time.monotonic() + 60) as hand:
        asked = hand.question()
        while asked and not asked.page:
            hand.reply(asked)
            asked = hand.question()
        words = f"an answer of {rng.random()}"
        hand.terminal.send(words)
        hand.pause(rng.uniform(0, 2))
        filling = fill(base.parent, rng.randrange(4 * MIB))
        hand.terminal.send(GO_ON)
        refused = hand.question()
        hand.terminal.send("\r")
        again = hand.question()
        filling.unlink()
        hand.terminal.send("\r")
        after = hand.question()
        faults = [] if refused and again and m.SAVE_AGAIN in refused.text and m.STORE_FULL in again.text else ["unsaid"]
        return 6, faults + ([] if after and words in look(home).settled else ["lost"])


def main(folder: str, kind: str, points: str, sittings: str, seed: str) -> None:
    """Print what was found on the disk that is mounted on a folder."""
    rng = random.Random(int(seed))
    base = begun(Path(folder), Kind(kind))
    print(json.dumps([full(base, int(points), rng), [full_in_a_sitting(base, rng) for _ in range(int(sittings))]]))


def on_a_small_disk(job: Job) -> Iterator[Row]:
    """Run `main` with a disk of its own, where this machine allows one to be mounted."""
    folder = job.work / "disk"
    folder.mkdir()
    mount = f'mount -t tmpfs -o size={DISK} none "$0" && exec "$@"'
    sizes = [str(job.size(POINTS, QUICK_POINTS)), str(job.size(SITTINGS, QUICK_SITTINGS)), str(job.seed)]
    inside = [sys.executable, "-m", __spec__.name, str(folder), job.kind.value, *sizes]
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, str(folder), *inside], capture_output=True, text=True, check=False
    )
    if ran.returncode == 0:
        points, sittings = json.loads(ran.stdout)
        yield from row("long notes while the disk fills up", points)
        yield from row("sittings while the disk is full, tried again", sittings)
    elif "Traceback" in ran.stderr:
        raise RuntimeError(ran.stderr)
    else:
        yield skipped("long notes while the disk fills up", "no disk may be mounted here")


# --- on any disk ---------------------------------------------------------------------------


def forbidden(base: Path) -> Iterator[tuple[int, list[str]]]:
    """A journal, and a folder, that may only be read, or not even that."""
    for file, folder in ((0o444, 0o755), (0o644, 0o555), (0o444, 0o555), (0o000, 0o755)):
        with fresh(base) as home:
            journal = home / "journal.db"
            journal.chmod(file)
            home.chmod(folder)
            listed = run(home, "list", first=NO_POWERS)

            def undo(home: Path = home, journal: Path = journal) -> None:
                home.chmod(0o700)
                journal.chmod(0o600)

            code, faults = attempt(home, "not to be kept", NO_POWERS, undo)
            if file and ("kept before, 0" not in listed.out or listed.code):
                faults.append(f"not to be read: {listed.err}")
            yield code, faults


def over_the_limit(base: Path, points: int, rng: random.Random) -> Iterator[tuple[int, list[str]]]:
    """A limit to the size of a file, lower and lower."""
    for point in range(points):
        with fresh(base) as home:
            first = LIMIT.format(size=LONGEST_FILE * point // points)
            yield attempt(home, long_note(rng, MIB), first, lambda: None)


def no_quota(base: Path) -> Iterator[tuple[int, list[str]]]:
    """A quota that is used up."""
    with fresh(base) as home:
        yield attempt(home, "not to be kept", NO_QUOTA_LEFT, lambda: None)


def disks(job: Job) -> Iterator[Row]:
    """Every way in which a disk refuses."""
    yield from on_a_small_disk(job)
    base = begun(job.work, job.kind)
    rng = random.Random(job.seed)
    yield from row("files that may not grow", list(over_the_limit(base, job.size(POINTS, QUICK_POINTS), rng)))
    if sys.platform != "linux":
        yield skipped("files and folders that may only be read, a quota", "Linux alone")
        return
    yield from row("files and folders that may only be read", list(forbidden(base)))
    yield from row("a quota that is used up", list(no_quota(base)))


if __name__ == "__main__":
    main(*sys.argv[1:])
