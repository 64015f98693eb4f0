"""Scripts run by somebody without special powers, at a limit, or on a small disk of their own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

NOBODY = 65534

HELPERS = """
import os, resource, sys
from contextlib import closing
from pathlib import Path
from mother_bond.__main__ import run
from mother_bond.clock import new_id
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Answer, Session
from mother_bond.errors import MotherBondError
from mother_bond.storage import bonds, sessions, store
from mother_bond.storage.driver import connect
from mother_bond.storage.lines import Which, recent
from mother_bond.storage.migrations import apply
apply(connect(":memory:"))
path = Path(sys.argv[1])

def texts(opened):
    return [line.excerpt for line in recent(opened, Which(), 0)]

def noted(opened, bond, day, text="a line"):
    answer = Answer(new_id(), 1, text, day)
    return sessions.start(opened, Session(new_id(), "", bond, day, day, answers=(answer,))).ref

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def attempt(what):
    try:
        print(what())
    except MotherBondError as error:
        print(type(error).__name__, int(error.code))
"""
NO_POWERS = """
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


def as_anyone(script: str, path: Path, first: str = "") -> list[str]:
    """Run a script as a person without special powers; the result is the lines it printed.

    `first` is run before the powers are given up, to import what lies where that person may not look.
    """
    command = [sys.executable, "-c", HELPERS + first + NO_POWERS + script, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def give_away(folder: Path) -> None:
    """Have everything in a folder belong to whoever runs the scripts above."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def own_disk(folder: Path, script: str) -> list[str]:
    """Run a script with a small disk of its own mounted on a folder; the result is the lines it printed.

    Skips the test where that cannot be done.
    """
    if not _may_mount():
        pytest.skip("a small disk can be mounted by root alone")
    mount = 'mount -t tmpfs -o size=8m none "$0" && exec "$1" -c "$2" "$0"'
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, str(folder), sys.executable, HELPERS + script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def _may_mount() -> bool:
    """Whether this account may mount a disk of its own."""
    trying = ["unshare", "-m", "mount", "-t", "tmpfs", "none", tempfile.gettempdir()]
    try:
        return subprocess.run(trying, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
