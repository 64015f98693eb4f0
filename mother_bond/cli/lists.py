"""list, search and on-this-day: what is run most, and so kept free of Typer (see `quick`)."""

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, desk, journal, named_bond, optional_day


def list_entries(
    number: int = 20,
    bond: str | None = None,
    cause: str | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    plain: bool = False,
    json: bool = False,
) -> None:
    """Show the newest entries, at most `number` (0 for all)."""
    ask_output(plain, json)
    from mother_bond.actions import lists
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import lines

    with journal() as store:
        meant = lists.which(named_bond(store, bond), cause, optional_day(since), optional_day(until))
        show(lists.recent(store, meant, number), lines)


def search_entries(
    words: list[str] | None = None,
    number: int = 20,
    bond: str | None = None,
    cause: str | None = None,
    since: str | None = None,
    until: str | None = None,
    *,
    plain: bool = False,
    json: bool = False,
) -> None:
    """Show the newest answers in which the words stand."""
    ask_output(plain, json)
    from mother_bond.actions import lists
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import lines

    typed = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words or ())
    typed = typed or desk().line(m.ASK_SEARCH).text
    with journal() as store:
        meant = lists.which(named_bond(store, bond), cause, optional_day(since), optional_day(until))
        show(lists.search(store, typed, meant, number), lines)


def entries_on_day(
    date: str | None = None, bond: str | None = None, *, plain: bool = False, json: bool = False
) -> None:
    """Show what was written on this day of the year."""
    ask_output(plain, json)
    from mother_bond import clock
    from mother_bond.actions import lists
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import lines

    with journal() as store:
        day = optional_day(date) or clock.now().date()
        show(lists.on_this_day(store, day, lists.which(named_bond(store, bond))), lines)
