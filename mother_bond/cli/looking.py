"""list, show, search, on-this-day, calendar, then-and-now, patterns."""

from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, journal, library, named_bond, optional_day
from mother_bond.cli.options import (
    BondOption,
    CauseOption,
    DateOption,
    JsonOption,
    NumberOption,
    PlainOption,
    SinceOption,
    UntilOption,
    family,
)
from mother_bond.errors import UsageError

app = family()


@app.command("list", help=m.HELP["list"])
def list_(
    number: NumberOption = 20,
    bond: BondOption = None,
    cause: CauseOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    from mother_bond.cli.lists import list_entries

    list_entries(number, bond, cause, since, until, plain=plain, json=json)


@app.command("show", help=m.HELP["show"])
def show_(
    entry: Annotated[str, typer.Argument(help=m.ARGUMENT_ENTRY)],
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import look
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import entry as view

    with journal() as store:
        show(look.show(store, entry), view)


@app.command("search", help=m.HELP["search"])
def search(
    words: Annotated[list[str] | None, typer.Argument(help=m.ARGUMENT_WORDS)] = None,
    number: NumberOption = 20,
    bond: BondOption = None,
    cause: CauseOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    from mother_bond.cli.lists import search_entries

    search_entries(words, number, bond, cause, since, until, plain=plain, json=json)


@app.command("on-this-day", help=m.HELP["on-this-day"])
def on_this_day(
    date: DateOption = None, bond: BondOption = None, plain: PlainOption = False, json: JsonOption = False
) -> None:
    from mother_bond.cli.lists import entries_on_day

    entries_on_day(date, bond, plain=plain, json=json)


@app.command("calendar", help=m.HELP["calendar"])
def calendar(
    year: Annotated[int | None, typer.Argument(help=m.ARGUMENT_YEAR, min=1900, max=9999)] = None,
    bond: BondOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import clock
    from mother_bond.actions import look
    from mother_bond.actions.lists import which
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import days

    with journal() as store:
        meant = which(named_bond(store, bond))
        show(look.calendar(store, year or clock.now().year, meant), days)


@app.command("then-and-now", help=m.HELP["then-and-now"])
def then_and_now(
    prompt: Annotated[str | None, typer.Argument(help=m.ARGUMENT_PROMPT)] = None,
    bond: BondOption = None,
    cause: CauseOption = None,
    number: NumberOption = 3,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from datetime import timedelta

    from mother_bond.actions import look
    from mother_bond.actions.lists import which
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views.entry import ThenAndNow

    with journal() as store:
        meant = which(named_bond(store, bond), cause)
        found = look.then_and_now(store, meant, prompt, timedelta(days=1))
        show(found[: number or None], ThenAndNow)


@app.command("patterns", help=m.HELP["patterns"])
def patterns(
    what: Annotated[str | None, typer.Argument(help=m.ARGUMENT_PATTERN, metavar="[MEASURE | why | words]")] = None,
    number: Annotated[int | None, typer.Argument(help=m.ARGUMENT_CLAIM, min=1)] = None,
    bond: BondOption = None,
    around: Annotated[str | None, typer.Option("--around", help=m.OPTION_AROUND)] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    _refuse_what_would_be_dropped(what, number, around)
    from mother_bond.actions import findings as act
    from mother_bond.actions.bonds import find
    from mother_bond.actions.lists import which
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import findings as view

    with journal() as store:
        about = find(store, bond)
        meant = which(about, None, optional_day(since), optional_day(until))
        if what == "words":
            from mother_bond.actions.words import own_words
            from mother_bond.terminal.views import words

            show(own_words(store, library(), about, meant), words)
        elif what == "why":
            show(act.why(store, meant, number or 1), view)
        elif what:
            show(act.measure_page(store, meant, what), view)
        elif around:
            from mother_bond.cli.common import the_day

            show(act.around(store, meant, the_day(around)), view)
        else:
            from mother_bond.actions.patterns import changes
            from mother_bond.terminal.views import changes as whole

            show(changes(store, library(), meant, about.name), whole)


def _refuse_what_would_be_dropped(what: str | None, number: int | None, around: str | None) -> None:
    """Raise `UsageError` for what is typed beside a form of `patterns` that has no use for it."""
    hint = m.USAGE_HINT.format(command="patterns")
    if number is not None and what != "why":
        raise UsageError(m.PATTERNS_NUMBER, hint)
    if around is not None and what is not None:
        raise UsageError(m.PATTERNS_AROUND, hint)
