"""export, import."""

from pathlib import Path
from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, journal, journal_or_new, library, named_bond, optional_day, ticking
from mother_bond.cli.options import BondOption, CauseOption, JsonOption, PlainOption, SinceOption, UntilOption, family

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
    shape = summary.shape(kind, reader, words=not without_words)
    summary.check_tools(kind)
    path = file or summary.usual_name(kind)
    with journal() as store:
        about = named_bond(store, bond)
        meant = which(about, cause, optional_day(since), optional_day(until))
        chunks = summary.chunks(store, library, kind, about, meant, ticking(), shape, say=talk)
        if str(path) == "-":
            summary.check_screen(kind, at_terminal=sys.stdout.isatty())
            as_data = kind is summary.Format.JSONL
            write_text(harmless(chunk) if as_data and isinstance(chunk, str) else chunk for chunk in chunks)
            return
        summary.write_file(path, chunks, force=force)
        talk(m.EXPORTED.format(file=path))


@app.command("import", help=m.HELP["import"])
def import_(
    file: Annotated[Path, typer.Argument(help=m.ARGUMENT_IMPORT)],
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=m.OPTION_SKIP_BAD)] = False,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions.data import check, take_in
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    checked = check(file, skip_bad=skip_bad)
    with journal_or_new() as store:
        show(take_in(store, file, checked, ticking()), keeping)
