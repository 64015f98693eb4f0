"""The proof of safety in its short form: every figure of tests/bench/safety.py meets its goal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mother_bond.storage.driver import can_encrypt

SAFETY = Path(__file__).parents[1] / "bench" / "safety.py"


def prove(proof: str, kind: str, work: Path) -> None:
    """Run one proof in a program of its own, which ends with 1 when a goal is missed."""
    if kind == "encrypted" and not can_encrypt():
        pytest.skip("no encryption is installed")
    command = [sys.executable, str(SAFETY), "--quick", "--only", proof, "--kind", kind, "--work", str(work)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("proof", ["disks", "kills", "crowd", "forms"])
def test_nothing_is_lost(proof: str, tmp_path: Path) -> None:
    prove(proof, "plain", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("proof", ["windows", "disks", "kills", "endings", "crowd", "forms", "traces"])
def test_nothing_is_lost_of_an_encrypted_journal(proof: str, tmp_path: Path) -> None:
    prove(proof, "encrypted", tmp_path)


@pytest.mark.slow
def test_nothing_is_lost_in_two_windows(tmp_path: Path) -> None:
    prove("windows", "plain", tmp_path)
