"""encrypt, decrypt, passphrase, rotate, recover, unlock, lock."""

from typing import TYPE_CHECKING, Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, desk
from mother_bond.cli.options import JsonOption, PlainOption, family
from mother_bond.cli.unlocking import patiently, show_code

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.storage.keyfile import KeyFile

app = family()
YesOption = Annotated[bool, typer.Option("--yes", help=m.OPTION_YES)]


@app.command("encrypt", help=m.HELP["encrypt"])
def encrypt(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.storage.store import open_store
    from mother_bond.terminal.output import show
    from mother_bond.terminal.secret import ask_new
    from mother_bond.terminal.views import keeping

    path = paths.journal()
    locking.check_plain(path)
    open_store(path).close()  # one that cannot be opened is not to be rewritten
    show(locking.encrypt(path, ask_new(), show_code), keeping)
    _drop_plain_backups()


def _drop_plain_backups() -> None:
    """Backups of before can be read by whoever finds them, and an encrypted one was just made: offer to drop them."""
    from mother_bond.actions import backups
    from mother_bond.actions.desk import Said
    from mother_bond.terminal.output import talk

    plain = backups.plain_ones()
    if not plain:
        return
    reply = desk().pick(m.PLAIN_BACKUPS_ASK.format(n=len(plain)), m.PLAIN_BACKUPS_CHOICES, "yes")
    if reply.said is Said.GIVEN and reply.text == "yes":
        talk(m.PLAIN_BACKUPS_GONE.format(n=m.count(backups.drop(plain), m.BACKUP_WORD)))


@app.command("decrypt", help=m.HELP["decrypt"])
def decrypt(yes: YesOption = False, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.cli.common import agreed
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    locking.check_encrypted(paths.journal())
    agreed(m.DECRYPT_ASK, m.DECRYPT_CHOICES, sure=yes)
    path, file, key = _opened()
    show(locking.decrypt(path, file, key), keeping)


@app.command("passphrase", help=m.HELP["passphrase"])
def passphrase(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import locking
    from mother_bond.terminal.output import show
    from mother_bond.terminal.secret import ask_new
    from mother_bond.terminal.views import keeping

    path, file, key = _opened()
    show(locking.set_passphrase(path, file, key, ask_new()), keeping)


@app.command("rotate", help=m.HELP["rotate"])
def rotate(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import locking
    from mother_bond.terminal.output import show, talk
    from mother_bond.terminal.secret import ask_new
    from mother_bond.terminal.views import keeping

    path, file, key = _opened()
    talk(m.ROTATE_ABOUT)
    show(locking.rotate(path, file, key, ask_new(), show_code), keeping)


@app.command("recover", help=m.HELP["recover"])
def recover(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.terminal.output import show
    from mother_bond.terminal.secret import ask, ask_new
    from mother_bond.terminal.views import keeping

    path = paths.journal()
    locking.check_encrypted(path)
    file, key = patiently(lambda: locking.by_code(path, ask(m.ASK_CODE)))
    show(locking.set_passphrase(path, file, key, ask_new()), keeping)


@app.command("unlock", help=m.HELP["unlock"])
def unlock(
    length: Annotated[str, typer.Option("--for", help=m.OPTION_UNLOCK_FOR)] = "15m",
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.terminal.output import show
    from mother_bond.terminal.secret import ask, can_ask, first_line
    from mother_bond.terminal.views import keeping

    path, minutes = paths.journal(), locking.check_length(_minutes(length))
    locking.check_encrypted(path)
    file, key = patiently(lambda: locking.by_passphrase(path, ask(m.ASK_PASSPHRASE) if can_ask() else first_line()))
    show(locking.unlock(path, file, key, minutes), keeping)


@app.command("lock", help=m.HELP["lock"])
def lock(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    show(locking.lock(paths.journal()), keeping)


def _opened() -> "tuple[Path, KeyFile, bytes]":
    """The encrypted journal, after the passphrase: where it is, the key file that counts, and its key."""
    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.terminal.secret import ask

    path = paths.journal()
    locking.check_encrypted(path)
    return path, *patiently(lambda: locking.by_passphrase(path, ask(m.ASK_PASSPHRASE)))


def _minutes(length: str) -> int:
    """The minutes of "30m", "2h" or "45"."""
    import re

    found = re.fullmatch(r"\s*(\d{1,4})\s*(m|min|h)?\s*", length.lower())
    if not found:
        from mother_bond.errors import UsageError

        raise UsageError(m.UNLOCK_LENGTH, m.UNLOCK_LENGTH_HINT)
    return int(found[1]) * (60 if found[2] == "h" else 1)
