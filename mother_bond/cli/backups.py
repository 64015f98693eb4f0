"""backup, doctor."""

from typing import TYPE_CHECKING, Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import agreed, ask_output, journal
from mother_bond.cli.options import JsonOption, PlainOption, family

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.storage.backups import Backup
    from mother_bond.storage.keyfile import KeyFile
    from mother_bond.storage.store import Store

app = family()
backup_app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, help=m.HELP["backup"])
app.add_typer(backup_app, name="backup")
YesOption = Annotated[bool, typer.Option("--yes", help=m.OPTION_YES)]


@backup_app.callback()
def backup(ctx: typer.Context, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    if ctx.invoked_subcommand is not None:
        return
    from mother_bond.actions import backups as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import backups as view

    with journal() as store:
        show(act.make(store), view)


@backup_app.command("list", help=m.HELP_BACKUP_LIST)
def list_(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import backups as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import backups as view

    show(act.listed(), view)


@backup_app.command("renew", help=m.HELP_BACKUP_RENEW)
def renew(yes: YesOption = False, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import backups as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import backups as view

    with journal() as store:
        number = len(act.listed().items)
        if number:
            question = m.BACKUP_RENEW_ASK.format(n=m.count(number, m.BACKUP_WORD))
            agreed(question, m.BACKUP_RENEW_CHOICES, sure=yes)
        show(act.renew(store), view)


@backup_app.command("restore", help=m.HELP_BACKUP_RESTORE)
def restore(
    name: Annotated[str | None, typer.Argument(help=m.ARGUMENT_BACKUP)] = None,
    yes: YesOption = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import backups as act
    from mother_bond.storage.store import exists
    from mother_bond.terminal.output import show, talk
    from mother_bond.terminal.views import backups as view

    found, path = act.find(name), paths.journal()
    there = exists(path)
    store = _present(path) if there else None
    try:
        key, file = key_for(found, store)
        with act.fetched(found, key, path) as fetched:
            for line in view.offer(fetched, act.held(store) if store else None, there=there):
                talk(line)
            if there and key is None and (store is None or store.key):
                talk(m.BACKUP_TO_PLAIN)
            if file:
                talk(m.BACKUP_TO_ITS_KEY)
            agreed(m.BACKUP_ASK, m.BACKUP_CHOICES, sure=yes)
            show(act.put_back(fetched, path, store, file), view)
    finally:
        if store:
            store.close()


def _present(path: "Path") -> "Store | None":
    """The journal as it is, after the passphrase where it is needed; None where it is damaged, or stays locked.

    Raises `LockedError` where nobody is there to ask: a journal that is only locked is not set aside unseen.
    """
    from mother_bond.cli.unlocking import opened
    from mother_bond.errors import DamagedError, KeyFileError, LockedError
    from mother_bond.terminal.secret import can_ask

    try:
        return opened(path)
    except (DamagedError, KeyFileError):
        return None
    except LockedError:
        if not can_ask():
            raise
        return None


def key_for(found: "Backup", store: "Store | None") -> "tuple[bytes | None, KeyFile | None]":
    """The key of a backup: the journal's own if it fits, or that of the key file beside it, which comes along."""
    from mother_bond.actions import backups as act
    from mother_bond.storage.driver import can_encrypt

    if not found.encrypted:
        return None, None
    if store and store.key and act.fits(found, store.key):
        return store.key, None
    from mother_bond.cli.unlocking import patiently
    from mother_bond.errors import NoEncryptionError
    from mother_bond.terminal.secret import ask

    if not can_encrypt():
        raise NoEncryptionError(m.ENCRYPTION_MISSING, m.ENCRYPTION_MISSING_HINT)
    files = act.key_files(found)
    return patiently(lambda: act.unlocked(found, files, ask(m.BACKUP_PASSPHRASE)))


@app.command("doctor", help=m.HELP["doctor"])
def doctor(
    mend: Annotated[bool, typer.Option("--mend", help=m.OPTION_MEND)] = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import doctor as act
    from mother_bond.cli.unlocking import opened
    from mother_bond.errors import ExitCode
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import doctor as view

    path = paths.journal()
    place = act.place_of(path, lambda: opened(path))
    try:
        checkup = act.examine(place, mend=mend)
    finally:
        if place.store:
            place.store.close()
    show(checkup, view)
    if checkup.damaged:
        raise typer.Exit(ExitCode.DAMAGED)
