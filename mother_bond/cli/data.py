"""export, import."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import (
    ask_output,
    at_screen,
    desk,
    journal,
    journal_or_new,
    library,
    named_bond,
    optional_day,
    ticking,
)
from mother_bond.cli.options import BondOption, CauseOption, JsonOption, PlainOption, SinceOption, UntilOption, family

if TYPE_CHECKING:
    from mother_bond.export.hand_over import HandedOver

app = family()


@app.command("export", help=m.HELP["export"])
def export(
    file: Annotated[Path | None, typer.Argument(help=m.ARGUMENT_EXPORT)] = None,
    format_: Annotated[str | None, typer.Option("--format", help=m.OPTION_FORMAT)] = None,
    bond: BondOption = None,
    cause: CauseOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    reader: Annotated[str | None, typer.Option("--for", help=m.OPTION_FOR)] = None,
    without_words: Annotated[bool, typer.Option("--without-words", help=m.OPTION_WITHOUT_WORDS)] = False,
    redact: Annotated[bool, typer.Option("--redact", help=m.OPTION_REDACT)] = False,
    yes: Annotated[bool, typer.Option("--yes", help=m.OPTION_YES)] = False,
    force: Annotated[bool, typer.Option("--force", help=m.OPTION_FORCE)] = False,
    plain: PlainOption = False,
) -> None:
    ask_output(plain)
    import sys

    from mother_bond.actions import summary
    from mother_bond.actions.lists import which
    from mother_bond.terminal.envelope import harmless
    from mother_bond.terminal.output import talk, write_text

    kind = summary.file_format(format_, file)
    shape = summary.shape(kind, reader, words=not without_words, redact=redact)
    summary.check_tools(kind)
    path = file or summary.usual_name(kind)
    with journal() as store:
        about = named_bond(store, bond)
        meant = which(about, cause, optional_day(since), optional_day(until))
        chunks = summary.chunks(
            store,
            library,
            kind,
            about,
            meant,
            ticking(),
            shape,
            say=talk,
            own_names=own_names() if redact else (),
            agree=lambda done: show_replaced(done, sure=yes),
        )
        if str(path) == "-":
            summary.check_screen(kind, at_terminal=sys.stdout.isatty())
            as_data = kind is summary.Format.JSONL
            write_text(harmless(chunk) if as_data and isinstance(chunk, str) else chunk for chunk in chunks)
            return
        summary.write_file(path, chunks, force=force)
        talk(m.EXPORTED.format(file=path))
        if store.key:
            talk(m.EXPORTED_PLAIN)


def own_names() -> tuple[str, ...]:
    """The names of the writer's own list."""
    from mother_bond import config, paths

    return config.load(paths.config()).names


def show_replaced(done: "HandedOver", *, sure: bool) -> bool:
    """Show what was replaced, and ask whether it is to be written so; without anybody to ask, only if `sure`."""
    from mother_bond.actions.desk import Said
    from mother_bond.terminal.output import talk
    from mother_bond.terminal.views.replaced import lines

    for line in lines(done):
        talk(line)
    if sure or not at_screen():
        return sure
    reply = desk().pick(m.REDACT_ASK, m.REDACT_CHOICES, "no")
    return reply.said is Said.GIVEN and reply.text == "yes"


@app.command("import", help=m.HELP["import"])
def import_(
    file: Annotated[Path, typer.Argument(help=m.ARGUMENT_IMPORT)],
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=m.OPTION_SKIP_BAD)] = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import backups
    from mother_bond.actions.data import check, take_in
    from mother_bond.storage.backups import Why
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    checked = check(file, skip_bad=skip_bad)
    with journal_or_new() as store:
        backups.before(store, Why.IMPORT)
        show(take_in(store, file, checked, ticking()), keeping)
