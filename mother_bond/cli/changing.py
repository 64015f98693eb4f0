"""history, edit, share, delete, restore, purge."""

from typing import TYPE_CHECKING, Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, at_screen, desk, journal
from mother_bond.cli.options import EditorOption, JsonOption, PlainOption, family

if TYPE_CHECKING:
    from mother_bond.actions.backups import StillHeld

app = family()
EntryArgument = Annotated[str, typer.Argument(help=m.ARGUMENT_ENTRY)]


@app.command("history", help=m.HELP["history"])
def history(entry: EntryArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import look
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views.entry import History

    with journal() as store:
        show(look.show(store, entry), History)


@app.command("edit", help=m.HELP["edit"])
def edit(
    entry: EntryArgument, editor: EditorOption = False, plain: PlainOption = False, json: JsonOption = False
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import change
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        if editor:
            from mother_bond import paths
            from mother_bond.terminal.editor import edited

            _, answer = change.the_answer(store, entry)
            with edited(answer.text, paths.home()) as text:
                done = change.edit(store, entry, text)
        elif at_screen():
            done = change.edit_at(store, entry, desk())
        else:
            from mother_bond.terminal.reading import all_of

            change.the_answer(store, entry)
            done = change.edit(store, entry, all_of())
        show(done, keeping)


@app.command("share", help=m.HELP["share"])
def share(
    entry: EntryArgument,
    private: Annotated[bool, typer.Option("--private", help=m.OPTION_PRIVATE)] = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import change
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(change.share(store, entry, shared=not private), keeping)


@app.command("delete", help=m.HELP["delete"])
def delete(entry: EntryArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import change
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(change.delete(store, entry, trash_days()), keeping)


@app.command("restore", help=m.HELP["restore"])
def restore(
    entry: Annotated[str | None, typer.Argument(help=m.ARGUMENT_TRASHED)] = None,
    revision: Annotated[int | None, typer.Option(help=m.OPTION_REVISION)] = None,
    backup: Annotated[str | None, typer.Option("--from", help=m.OPTION_FROM_BACKUP)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import change
    from mother_bond.errors import UsageError
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    if backup is not None and (entry is None or revision is not None):
        raise UsageError(m.FROM_BACKUP_WHAT, m.USAGE_HINT.format(command="restore"))
    with journal() as store:
        if backup is not None and entry is not None:
            from mother_bond.actions import backups
            from mother_bond.cli.backups import key_for

            found = backups.find(backup)
            show(backups.bring_back(store, found, key_for(found, store)[0], entry), keeping)
        elif entry is None:
            show(change.trash(store, trash_days()), keeping)
        elif revision is not None:
            show(change.revise(store, entry, revision), keeping)
        else:
            show(change.restore(store, entry), keeping)


@app.command("purge", help=m.HELP["purge"])
def purge(
    entry: Annotated[str | None, typer.Argument(help=m.ARGUMENT_TRASHED)] = None,
    yes: Annotated[bool, typer.Option("--yes", help=m.OPTION_YES)] = False,
    plain: PlainOption = False,
) -> None:
    ask_output(plain)
    import sys

    from mother_bond.actions import backups, change
    from mother_bond.actions.desk import Said
    from mother_bond.errors import UnconfirmedError
    from mother_bond.storage.backups import Why
    from mother_bond.terminal.output import talk

    with journal() as store:
        targets = change.to_purge(store, entry)
        if not targets:
            talk(m.TRASH_EMPTY)
            return
        question = m.PURGE_ASK.format(n=m.count(len(targets), m.THING_WORD))
        if not yes:
            if not sys.stdin.isatty():
                raise UnconfirmedError(question, m.PURGE_HINT)
            reply = desk().pick(question, m.PURGE_CHOICES, "no")
            if reply.said is not Said.GIVEN or reply.text != "yes":
                raise UnconfirmedError(m.PURGE_NOT, "")
        if len(targets) > 1:
            backups.before(store, Why.PURGE)
        done = change.purge(store, targets)
        talk(m.PURGED.format(n=m.count(done.number, m.THING_WORD)))
        if not done.log_emptied:
            talk(m.PURGED_LOG)
        _tell_where_it_still_is(backups.still_holding(store, targets))


def _tell_where_it_still_is(still: "StillHeld") -> None:
    """Name the backups and set-aside journals in which purged words still are."""
    from mother_bond.terminal.output import talk

    if still.backups or still.aside:
        talk(m.PURGED_STILL)
        for file in (*still.backups, *still.aside):
            talk(f"  {file}")
    if still.backups:
        talk(m.PURGED_RENEW)
    if still.aside:
        talk(m.PURGED_ASIDE)


def trash_days() -> int:
    """For how many days the trash keeps what is in it."""
    from mother_bond import config, paths

    return config.load(paths.config()).trash_days
