"""What changed: counts and courses, as sentences or as one screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.export.said import points, sentences
from mother_bond.patterns.course import Course, Says, drawn
from mother_bond.terminal.views.days import friendly_day, spoken_day
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from mother_bond.actions.patterns import Changes, StepAfter, Weeks


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


def course_sentence(course: Course) -> str:
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
        yield from (course_sentence(course) for course in result.courses)
    if result.steps:
        yield ""
        yield f"{m.CHANGES_STEPS} {_steps(result)}"
    if result.gap:
        yield gap_sentence(result.gap)
    if result.statements:
        yield ""
        yield m.FINDINGS
        yield from sentences(result.statements)
        yield m.FINDINGS_LOOKS
    if result.steps_after:
        yield ""
        yield m.STEPS_AFTER
        yield from map(_step_after, result.steps_after)
    if result.passages:
        yield ""
        yield m.WORDS_SEE
    yield ""
    yield m.CHANGES_END


def as_screen(result: Changes, console: Console) -> None:
    """One screen: themes, small courses, steps, and words worth reading again."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text(_opening(result), "bold"))
    if not result.sessions:
        return
    if result.weeks:
        console.print()
        totals = {walked.name: walked.sessions for walked in result.walked}
        for line in _weeks(result.weeks, totals, console.width):
            console.print(line)
    if result.courses:
        console.print()
        console.print(_courses(result))
        console.print(Text(m.COURSE_ABOUT, "dim"))
    if result.gap:
        console.print(Text(gap_sentence(result.gap)))
    if result.statements:
        console.print()
        console.print(Text(m.FINDINGS, "bold"))
        for said in sentences(result.statements):
            console.print(Padding(Text(said), (0, 0, 0, 2)))
        console.print(Padding(Text(m.FINDINGS_LOOKS, "dim"), (0, 0, 0, 2)))
    if result.steps:
        console.print()
        console.print(Text(f"{m.CHANGES_STEPS} {_steps(result)}"))
        for step in result.steps_after:
            console.print(Padding(Text(_step_after(step), "dim"), (0, 0, 0, 2)))
    console.print()
    first = next((one for one in result.statements if one.number), None)
    if first:
        console.print(Text(m.FINDINGS_WHY.format(n=first.number, measure=first.finding.measure), "dim"))
    if result.passages:
        console.print(Text(m.WORDS_SEE, "dim"))
    console.print(Text(m.CHANGES_END, "dim"))


def gap_sentence(gap: tuple[int, int]) -> str:
    """Nearness against what was wished for, lately."""
    middle, entries = gap
    if middle == 0:
        return m.GAP_SAME.format(n=entries)
    return m.GAP.format(points=points(abs(middle)), way=m.GAP_OVER if middle > 0 else m.GAP_UNDER, n=entries)


def _step_after(step: StepAfter) -> str:
    states = dict(m.STEP_STATES)
    return m.STEP_AFTER.format(
        day=friendly_day(step.day),
        plan=one_line(step.plan).rstrip("."),
        state=states[step.state],
        ref=step.next_ref or m.STEP_AFTER_NONE,
    )


def _weeks(weeks: Weeks, totals: dict[str, int], columns: int) -> Iterator[Text]:
    """A row a theme with its entries in all, and a column a week: a dot, or how many entries it held."""
    from rich.text import Text

    name_wide = min(max(len(name) for name, _ in weeks.themes), 30)
    shown = min(len(weeks.themes[0][1]), columns - name_wide - 7)
    first = date.fromisoformat(weeks.first_monday) + timedelta(weeks=len(weeks.themes[0][1]) - shown)
    last = first + timedelta(weeks=shown - 1, days=6)
    head = m.WEEKS_HEAD.format(first=friendly_day(first.isoformat()), last=friendly_day(last.isoformat()))
    yield Text(head, "dim")
    for name, counts in weeks.themes:
        label = name if len(name) <= name_wide else name[: name_wide - 1] + "…"
        row = Text(f"{label.ljust(name_wide)} {totals.get(name, 0):>4}  ")
        for count in counts[-shown:]:
            row.append(str(min(count, 9)) if count else "·", "bold" if count else "dim")
        yield row


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
