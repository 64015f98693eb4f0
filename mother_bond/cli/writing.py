"""begin, way-in, reflect, check-in, note."""

from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, at_screen, desk, journal, library, the_day, used
from mother_bond.cli.options import (
    BondOption,
    CauseOption,
    DateOption,
    EditorOption,
    JsonOption,
    PlainOption,
    SealedOption,
    family,
)

app = family()


@app.command("begin", help=m.HELP["begin"])
def begin(
    role: Annotated[str | None, typer.Option(help=m.OPTION_ROLE)] = None,
    name: Annotated[str | None, typer.Option(help=m.OPTION_NAME)] = None,
    call: Annotated[str | None, typer.Option(help=m.OPTION_CALL)] = None,
    they: Annotated[str | None, typer.Option(help=m.OPTION_THEY)] = None,
    contact: Annotated[str | None, typer.Option(help=m.OPTION_CONTACT)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import paths
    from mother_bond.actions import begin as act
    from mother_bond.cli.evening import new_journal, protection
    from mother_bond.cli.values import CONTACTS, ROLES, THEYS, one_of
    from mother_bond.domain.bond import clean_name
    from mother_bond.storage.store import check_room_for_one, exists
    from mother_bond.terminal.output import show, talk
    from mother_bond.terminal.views import keeping

    details = act.Details(
        one_of(ROLES, role, "--role"),
        name,
        call,
        one_of(THEYS, they, "--they"),
        one_of(CONTACTS, contact, "--contact"),
    )
    asked = None if details.enough else desk()
    check_room_for_one(paths.journal())
    new = not exists(paths.journal())
    passphrase = protection(asked) if asked and new else ""
    complete = act.ask_details(asked, details) if asked and passphrase is not None else details
    if complete is None or passphrase is None:
        return
    clean_name(complete.name or "", m.NAME_WHAT)
    with used(new_journal(passphrase)) if new else journal() as store:
        bond = act.begin(store, complete)
        show(bond, keeping)
        if new and not passphrase:
            talk(m.PROTECT_NOT_YET)
        if asked and at_screen():
            from mother_bond.cli.evening import welcome

            welcome(store, bond, asked)


@app.command("way-in", help=m.HELP["way-in"])
def way_in(
    bond: BondOption = None, date: DateOption = None, plain: PlainOption = False, json: JsonOption = False
) -> None:
    ask_output(plain, json)
    from mother_bond.actions.begin import way_in as act
    from mother_bond.actions.bonds import find
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(act(store, library(), find(store, bond), desk(), the_day(date)), keeping)


@app.command("reflect", help=m.HELP["reflect"])
def reflect(
    cause: Annotated[str | None, typer.Argument(help=m.ARGUMENT_CAUSE, metavar="[CAUSE]")] = None,
    bond: BondOption = None,
    minutes: Annotated[int | None, typer.Option(help=m.OPTION_MINUTES)] = None,
    date: DateOption = None,
    again: Annotated[bool, typer.Option("--again", help=m.OPTION_AGAIN)] = False,
    path: Annotated[bool, typer.Option("--path", help=m.OPTION_PATH)] = False,
    sealed: SealedOption = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions.bonds import find
    from mother_bond.cli.evening import sit, sit_sealed
    from mother_bond.cli.unlocking import refuse_beside_sealed

    if sealed:
        refuse_beside_sealed({"--bond": bond, "--again": again, "--path": path})
        sit_sealed(minutes=minutes, day=date, cause=cause)
        return
    with journal() as store:
        sit(store, find(store, bond), minutes=minutes, day=date, cause=cause, again=again, path=path)


@app.command("check-in", help=m.HELP["check-in"])
def check_in(
    bond: BondOption = None, date: DateOption = None, plain: PlainOption = False, json: JsonOption = False
) -> None:
    ask_output(plain, json)
    from mother_bond.actions.bonds import find
    from mother_bond.cli.evening import sit

    with journal() as store:
        sit(store, find(store, bond), minutes=None, day=date, check_in_only=True)


@app.command("note", help=m.HELP["note"])
def note(
    bond: BondOption = None,
    cause: CauseOption = None,
    date: DateOption = None,
    editor: EditorOption = False,
    sealed: SealedOption = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    import sys

    from mother_bond.actions import note as act
    from mother_bond.actions.bonds import find
    from mother_bond.cli.unlocking import refuse_beside_sealed, sealed_sheet
    from mother_bond.terminal.output import output, show, talk
    from mother_bond.terminal.views import saved as view

    if sealed:
        refuse_beside_sealed({"--bond": bond})
    with sealed_sheet() if sealed else journal() as store:
        about, day = find(store, bond), the_day(date)
        if cause:
            library().pack(cause)
        if editor:
            from mother_bond import paths
            from mother_bond.terminal.editor import edited

            with edited("", paths.home()) as text:
                saved = act.add(store, about, text, day, cause)
        elif sys.stdin.isatty() or output.plain:
            saved = act.write(store, about, desk(), day, cause)
        else:
            from mother_bond.terminal.reading import all_of

            saved = act.add(store, about, all_of(), day, cause)
        show(saved, view)
        if sealed and saved.session:
            talk(m.SEALED_NOTE)
