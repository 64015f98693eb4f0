"""Walk a whole first evening through a pseudo-terminal, with the program that was just installed.

Not a test of its own: `.ci/run` runs it outside the checkout, so that a missing dependency or a file
left out of the wheel shows. It takes the program to run as its argument.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pexpect

SAVE = "\x13"
PASSPHRASE = "four old wet stones"


class Terminal:
    """A terminal of 24 by 80 that, like a real one, says where its cursor is when it is asked."""

    def __init__(self, program: str) -> None:
        self.child = pexpect.spawn(program, encoding="utf-8", timeout=30, dimensions=(24, 80))
        self.send, self.sendline = self.child.send, self.child.sendline

    def expect(self, pattern: object) -> None:
        """Read on until `pattern` is on the screen."""
        while self.child.expect([r"\x1b\[6n", pattern]) == 0:
            self.child.send("\x1b[1;1R")

    def answer(self, text: str) -> None:
        """Write an answer once there is room for it, and go on."""
        self.expect("Ctrl-S go on")
        self.send(text)
        self.expect(text[-5:])
        self.send(SAVE)


def first_evening(program: str) -> None:
    """Set up as a mother, under a passphrase; write three answers, take a step on, close."""
    child = Terminal(program)
    child.expect("Shall this journal have one")
    child.sendline("1")
    for question in ("New passphrase", "once more"):
        child.expect(question)
        child.sendline(PASSPHRASE)
    child.expect("Who is writing")
    child.sendline("1")
    child.expect("your child's name")
    child.sendline("Daniel")
    child.expect("what do you call")
    child.sendline("my son")
    child.expect("Which words")
    child.sendline("2")
    child.expect("Where does contact")
    child.sendline("1")
    child.expect("when it is written down")
    child.sendline("")
    child.expect("finds a place to begin")
    child.sendline("2")
    for mark in ("3", "2", "", "4"):
        child.expect("very far|not at all|not free|very low")
        child.sendline(mark)
    child.expect("Tonight:")
    for text in ("The first answer.", "The second answer.", "The third answer."):
        child.answer(text)
    child.expect("Take it on")
    child.sendline("1")
    child.expect("Closing")
    for text in ("Well done for coming.", "I will put the kettle on."):
        child.answer(text)
    child.expect("at the end: how are you")
    child.sendline("5")
    child.expect("Saved for .* 5 answers")
    child.expect(pexpect.EOF)


def main() -> None:
    """Walk, then look at what is there."""
    program = sys.argv[1]
    first_evening(program)
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()
    subprocess.run([program, "unlock"], input=PASSPHRASE + "\n", text=True, check=True)
    for arguments, wanted in (
        (["list"], "The first answer."),
        (["search", "kettle"], "kettle"),
        (["patterns"], "1 entry on 1 day"),
        (["steps"], "still resting"),
        (["export", "-"], "# A reflection summary"),
        (["causes", "individuation"], "Growing into my own person"),
        (["help-now"], "116 123"),
        (["demo", "child"], "export MOTHER_BOND_HOME="),
    ):
        done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
        if wanted not in done.stdout:
            sys.exit(f"{' '.join(arguments)} did not say what it should")
    print("the installed program walks")


if __name__ == "__main__":
    main()
