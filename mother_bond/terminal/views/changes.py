"""What changed: counts and courses, as sentences or as one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.patterns.course import Course, Says, drawn
from mother_bond.terminal.views.days import friendly_day, spoken_day
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table

    from mother_bond.actions.patterns import Changes


def _opening(result: Changes) -> str:
    if not result.sessions:
        return m.CHANGES_NOTHING
    return m.CHANGES_OPENING.format(
        bond=one_line(result.bond),
        sessions=m.count(result.sessions, m.ENTRY_WORD),
        days=m.count(result.days, m.DAY_WORD),
        first=spoken_day(result.first_day or ""),
        last=spoken_day(result.last_day or ""),
    )


def _sentence(course: Course) -> str:
    """One measure in a sentence."""
    if course.says is Says.COUNT:
        return m.COURSE_COUNT.format(name=course.name, marks=m.count(course.marks, m.MARK_WORD))
    if course.words:
        counts = ", ".join(f"{word} {n}" for word, n in zip(course.words, course.counts, strict=True))
        return m.COURSE_WORDS.format(name=course.name, marks=m.count(course.marks, m.MARK_WORD), counts=counts)
    said = m.COURSE_MIDDLE.format(
        name=course.name,
        marks=m.count(course.marks, m.MARK_WORD),
        median=course.median,
        low=course.low,
        high=course.high,
    )
    if course.says is Says.TOO_EARLY:
        return said + m.COURSE_EARLY
    return said + m.COURSE_QUARTERS.format(quarters=", ".join(map(str, course.quarters)))


def _steps(result: Changes) -> str:
    states = dict(m.STEP_STATES)
    return ", ".join(f"{states[state]} {n}" for state, n in result.steps.items())


def as_plain(result: Changes) -> Iterator[str]:
    """Sentences, to be read out or piped."""
    yield _opening(result)
    if not result.sessions:
        return
    if result.walked:
        yield ""
        yield m.CHANGES_THEMES
        for walked in result.walked:
            times = m.count(walked.sessions, m.ENTRY_WORD)
            yield m.CHANGES_THEME.format(name=walked.name, times=times, day=spoken_day(walked.last_day))
    if result.courses:
        yield ""
        yield m.COURSE_ABOUT
        yield from (_sentence(course) for course in result.courses)
    if result.steps:
        yield ""
        yield f"{m.CHANGES_STEPS} {_steps(result)}"
    if result.passages:
        yield ""
        yield m.CHANGES_WORDS
        for passage in result.passages:
            yield f"{passage.ref}, {spoken_day(passage.day)}: {one_line(passage.text)}"
    yield ""
    yield m.CHANGES_END


def as_screen(result: Changes, console: Console) -> None:
    """One screen: themes, small courses, steps, and words worth reading again."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text(_opening(result), "bold"))
    if not result.sessions:
        return
    if result.walked:
        console.print()
        console.print(_themes(result))
    if result.courses:
        console.print()
        console.print(_courses(result))
        console.print(Text(m.COURSE_ABOUT, "dim"))
    if result.steps:
        console.print()
        console.print(Text(f"{m.CHANGES_STEPS} {_steps(result)}"))
    if result.passages:
        console.print()
        console.print(Text(m.CHANGES_WORDS, "bold"))
        for passage in result.passages:
            console.print(Text(f"{friendly_day(passage.day)}  {passage.ref}", "dim"))
            console.print(Padding(Text(visible(passage.text)), (0, 0, 0, 2)))
    console.print()
    console.print(Text(m.CHANGES_END, "dim"))


def _themes(result: Changes) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    most = max(walked.sessions for walked in result.walked)
    for walked in result.walked:
        bar = "▪" * max(1, round(walked.sessions * 20 / most)) if most > 20 else "▪" * walked.sessions
        table.add_row(walked.name, Text(f"{walked.sessions} {bar}"), Text(friendly_day(walked.last_day), "dim"))
    return table


def _courses(result: Changes) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head, justify in zip(m.COURSE_HEAD, ("left", "right", "right", "left", "left"), strict=True):
        table.add_column(head, justify=justify, no_wrap=bool(head))  # type: ignore[arg-type]
    for course in result.courses:
        if course.says is Says.COUNT:
            table.add_row(course.name, str(course.marks), "", "", Text(m.TOO_FEW, "dim"))
        elif course.words:
            counts = ", ".join(f"{w} {n}" for w, n in zip(course.words, course.counts, strict=True) if n)
            table.add_row(course.name, str(course.marks), "", "", Text(counts, no_wrap=False, overflow="fold"))
        else:
            line = drawn(course.middles, course.highest) if course.middles else Text(m.TOO_EARLY, "dim")
            table.add_row(course.name, str(course.marks), str(course.median), f"{course.low}–{course.high}", line)
    return table
