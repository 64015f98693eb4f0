"""One measure by itself; the entries behind a claim; before and after a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.findings import Around, Group, MeasurePage, Why
from mother_bond.export.said import sentence, sentences, span
from mother_bond.patterns.findings import Verdict
from mother_bond.terminal.views.days import friendly_day, spoken_day
from mother_bond.terminal.views.lines import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

Result = MeasurePage | Why | Around
LINES_SHOWN = 40


def as_plain(result: Result) -> Iterator[str]:
    """Sentences to be read out."""
    if isinstance(result, Why):
        yield sentence(result.statement)
        yield ""
        for line in result.lines:
            yield f"{line.ref}  {line.day}  {short(line)}".rstrip()
    elif isinstance(result, Around):
        yield from _around_lines(result)
    else:
        yield from _measure(result)


def _around_lines(result: Around) -> Iterator[str]:
    early = [one.name for one in result.statements if one.finding.verdict is Verdict.TOO_EARLY]
    for one in result.statements:
        finding = one.finding
        if finding.verdict is Verdict.SHIFTED:
            yield sentence(one)
        elif finding.verdict is Verdict.NOTHING_CLEAR:
            yield m.FINDING_AROUND_UNCLEAR.format(
                name=one.name,
                day=spoken_day(result.day),
                n=finding.entries,
                span=span(finding.low or 0.0, finding.high or 0.0),
            )
    if early:
        yield m.FINDING_TOO_EARLY_AROUND.format(names=", ".join(early))
    if not result.statements:
        yield m.AROUND_NOTHING


def _measure(page: MeasurePage) -> Iterator[str]:
    from mother_bond.terminal.views.changes import course_sentence

    yield course_sentence(page.course)
    if page.course.middles:
        yield m.SCALE_ENDS_ARE.format(low=page.low, high=page.high, highest=page.course.highest)
        yield ", ".join(map(str, page.course.middles))
    yield from sentences(page.statements)
    yield from _groups(m.WEEKDAYS_HEAD, m.WEEKDAYS, page.weekdays)
    yield from _groups(m.PARTS_HEAD, m.PARTS_OF_DAY, page.parts_of_day)


def _groups(head: str, names: tuple[str, ...], groups: tuple[Group, ...]) -> Iterator[str]:
    told = [f"{names[g.place]} {g.marks}" + (f", {g.median}" if g.median else "") for g in groups if g.marks]
    yield f"{head}: {'; '.join(told)}."


def as_screen(result: Result, console: Console) -> None:
    """The same with room to read, and the course of a measure as a picture of rows and columns."""
    from rich.padding import Padding
    from rich.text import Text

    if isinstance(result, MeasurePage):
        console.print(Text(course_title(result), "bold"))
        console.print()
        for row in picture(result, console.width):
            console.print(Text(row))
        console.print()
        for said in sentences(result.statements):
            console.print(Padding(Text(said), (0, 0, 1, 2)))
        for line in (
            *_groups(m.WEEKDAYS_HEAD, m.WEEKDAYS, result.weekdays),
            *_groups(m.PARTS_HEAD, m.PARTS_OF_DAY, result.parts_of_day),
        ):
            console.print(Text(line, "dim"))
        return
    if isinstance(result, Why):
        console.print(Text(sentence(result.statement), "bold"))
        console.print()
        for entry in result.lines:
            head = Text.assemble((entry.ref, "cyan"), "  ", (friendly_day(entry.day), "dim"), "  ")
            console.print(head.append(short(entry)), no_wrap=True, overflow="ellipsis")
        return
    for said in as_plain(result):
        console.print(Padding(Text(said), (0, 0, 1, 0)))


def course_title(page: MeasurePage) -> str:
    """The measure with its marks, median and range."""
    from mother_bond.terminal.views.changes import course_sentence

    return course_sentence(page.course)


def picture(page: MeasurePage, columns: int) -> Iterator[str]:
    """The course as seven rows, the high end of the scale on top; a dot stands for the middle of a run of marks."""
    middles = page.course.middles
    if not middles:
        return
    wide = max(1, min(3, (columns - 26) // len(middles)))
    for point in range(page.course.highest, 0, -1):
        end = page.high if point == page.course.highest else page.low if point == 1 else ""
        cells = "".join(("●" if middle == point else "·").ljust(wide) for middle in middles)
        yield f"  {point} {cells.rstrip()}  {end}".rstrip()
