"""The proof of safety: what is kept when the program is killed, crowded, out of room, or brought up to date.

`python tests/bench/safety.py [--quick] [--only NAME] [--work FOLDER]` prints every figure beside its goal and ends
with 1 when one of them was missed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mother_bond.paths import HOME_VARIABLE
from tests.bench.proofs.costs import costs
from tests.bench.proofs.crowd import crowd
from tests.bench.proofs.disks import disks
from tests.bench.proofs.forms import forms
from tests.bench.proofs.homes import Kind, kinds
from tests.bench.proofs.kills import endings, kills
from tests.bench.proofs.returns import returns
from tests.bench.proofs.table import Job, Proof
from tests.bench.proofs.traces import traces
from tests.bench.proofs.windows import windows

PROOFS: dict[str, Proof] = {
    "kills": kills,
    "endings": endings,
    "crowd": crowd,
    "windows": windows,
    "disks": disks,
    "forms": forms,
    "traces": traces,
    "returns": returns,
    "costs": costs,
}
"""By name; each is run on every kind of journal there is."""


def main() -> int:
    """Run the proofs and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the short form")
    parser.add_argument("--only", choices=PROOFS, help="one proof alone")
    parser.add_argument("--kind", choices=list(Kind), type=Kind, help="one kind of journal alone")
    parser.add_argument("--work", type=Path, default=None, help="a folder for the journals, which stay there")
    parser.add_argument("--seed", type=int, default=20_261_120)
    chosen = parser.parse_args()
    _hear_signals()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="mother-bond-safety-") as temporary:
        _keep_away(Path(temporary))
        work = (chosen.work or Path(temporary)).resolve()
        for name in [chosen.only] if chosen.only else PROOFS:
            for kind in [chosen.kind] if chosen.kind else kinds():
                folder = work / f"{name}-{kind}"
                folder.mkdir(parents=True)
                begun = time.monotonic()
                print(f"{name}, {kind}", flush=True)
                for row in PROOFS[name](Job(folder, chosen.quick, kind, chosen.seed)):
                    print(f"  {row}", flush=True)
                    missed += row.kept is False
                print(f"  in {time.monotonic() - begun:.0f} s\n", flush=True)
    return int(missed > 0)


def _keep_away(folder: Path) -> None:
    """See to it that neither the real home nor the real place for keys is touched."""
    (folder / "keys").mkdir(mode=0o700)
    os.environ |= {"XDG_RUNTIME_DIR": str(folder / "keys"), HOME_VARIABLE: str(folder / "nobody")}


def _hear_signals() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, under nohup to a closed window, with all it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


if __name__ == "__main__":
    raise SystemExit(main())
