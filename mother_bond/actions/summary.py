"""Gather what a reflection summary holds, and write a file that is whole or not there."""

from __future__ import annotations

import importlib.util
import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions import data
from mother_bond.actions.patterns import changes, theme_name
from mother_bond.bundled import fonts, measures
from mother_bond.domain.prompt import Gather, Pack
from mother_bond.errors import BadFileError, CannotWriteError, ExistsError, UsageError
from mother_bond.export.measured import Marked
from mother_bond.export.summary import AS_USUAL, Part, Passed, Period, Reader, Shape, document
from mother_bond.paths import name_new_file
from mother_bond.patterns.passages import own_questions
from mother_bond.storage import bonds, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from mother_bond.actions.patterns import Changes
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session, Step
    from mother_bond.export.document import Document
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

MOST_GATHERED = 12


class Format(StrEnum):
    """What an export can be."""

    MD = "md"
    HTML = "html"
    PDF = "pdf"
    JSONL = "jsonl"


_ENDINGS = {"md": Format.MD, "markdown": Format.MD, "html": Format.HTML, "htm": Format.HTML, "pdf": Format.PDF} | {
    "jsonl": Format.JSONL
}


def file_format(named: str | None, file: Path | None) -> Format:
    """The format that was named, or that of the file's ending, or Markdown.

    Raises `UsageError` for one there is not.
    """
    try:
        return Format(named or _ENDINGS.get(file.suffix[1:].lower() if file else "", Format.MD))
    except ValueError:
        raise UsageError(m.VALUE_ONE_OF.format(option="--format", known=", ".join(Format)), "") from None


def shape(kind: Format, reader: str | None, *, words: bool, theme: str | None = None) -> Shape:
    """What the writer chose for a summary; `theme` is its plain name.

    Raises `UsageError` for a reader there is not, and for choices that data does not have.
    """
    if kind is Format.JSONL and (reader or not words):
        raise UsageError(m.SHAPED_DATA, m.SHAPED_DATA_HINT)
    try:
        return Shape(Reader(reader or Reader.ME), words, theme or "")
    except ValueError:
        raise UsageError(m.VALUE_ONE_OF.format(option="--for", known=", ".join(Reader)), "") from None


def usual_name(kind: Format) -> Path:
    """The file an export goes to when none was named."""
    day = clock.now().date().isoformat()
    return Path(f"journal-{day}.jsonl" if kind is Format.JSONL else f"reflection-{day}.{kind}")


def check_tools(kind: Format) -> None:
    """See that what a format needs is there, before anything is gathered.

    Raises `UsageError` where a PDF cannot be made.
    """
    if kind is Format.PDF and importlib.util.find_spec("typst") is None:
        raise UsageError(m.PDF_NEEDS, m.PDF_NEEDS_HINT)


def check_screen(kind: Format, *, at_terminal: bool) -> None:
    """See that no PDF is sent to a terminal.

    Raises `UsageError` where one would be.
    """
    if kind is Format.PDF and at_terminal:
        raise UsageError(m.PDF_TERMINAL, m.PDF_TERMINAL_HINT)


def chunks(
    store: Store,
    library: Callable[[], Library],
    kind: Format,
    bond: Bond | None,
    meant: Which,
    tick: data.Tick,
    shape: Shape = AS_USUAL,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[str | bytes]:
    """An export, piece by piece; `say` is told what the reader of the file ought to know."""
    if kind is Format.JSONL:
        yield from data.lines(store, meant, tick)
        return
    check_tools(kind)
    about = [bond] if bond else [b for b in bonds.all_bonds(store) if not b.put_away]
    found = library()
    if meant.cause:
        shape = shape._replace(theme=theme_name(found, meant.cause))
    yield _rendered(summary(store, found, about, meant, clock.now().date(), shape), kind, say)


def _rendered(made: Document, kind: Format, say: Callable[[str], None]) -> str | bytes:
    """The document in its format; only that format's module is imported."""
    if kind is Format.PDF:
        from mother_bond.export import pdf

        file, whole = pdf.render(made, fonts())
        if not whole:
            say(m.UNSHOWN)
        return file
    if kind is Format.HTML:
        from mother_bond.export import html

        return html.render(made)
    from mother_bond.export import markdown

    return markdown.render(made)


def summary(
    store: Store, library: Library, about: Iterable[Bond], meant: Which, made: date, shape: Shape = AS_USUAL
) -> Document:
    """The reflection summary of these bonds."""
    return document(tuple(_part(store, library, bond, meant._replace(bond=bond.id)) for bond in about), made, shape)


def _part(store: Store, library: Library, bond: Bond, meant: Which) -> Part:
    counted = changes(store, library, meant, bond.name)
    gathered = _Gathered(library)
    for session in look.stream(store, meant):
        gathered.add(session)
    names = {walked.cause: walked.name for walked in counted.walked}
    words = tuple(
        (names.get(p.cause or "", ""), Passed(gathered.asked.get(p.ref, ""), p.text, p.day)) for p in counted.passages
    )
    return Part(
        bond=bond,
        period=Period(counted.first_day, counted.last_day, counted.sessions, counted.days),
        themes=tuple((walked.name, walked.sessions, walked.last_day) for walked in counted.walked),
        courses=_marked(counted, gathered.marks),
        words=words,
        steps=tuple(gathered.steps),
        needs=tuple(gathered.needs[-MOST_GATHERED:]),
        questions=tuple(gathered.questions[-MOST_GATHERED:]),
        counted=(len(gathered.needs), len(gathered.questions)),
        said=counted.statements,
    )


def _marked(counted: Changes, marks: dict[str, list[tuple[str, int]]]) -> tuple[Marked, ...]:
    """Each course with the words at its ends and its marks; what is off the scale is passed over, as in the course."""
    ends = {measure.id: measure for measure in measures()}
    return tuple(
        Marked(
            course,
            ends[course.measure].low,
            ends[course.measure].high,
            tuple((day, value) for day, value in marks[course.measure] if 1 <= value <= course.highest),
        )
        for course in counted.courses
    )


class _Gathered:
    """Answers by the section of the summary they belong to."""

    def __init__(self, library: Library) -> None:
        self.kind = {prompt.id: prompt.gather for pack in _usable(library) for prompt in pack.prompts if prompt.gather}
        self.needs: list[Passed] = []
        self.questions: list[Passed] = []
        self.steps: list[tuple[str, Step]] = []
        self.asked: dict[str, str] = {}
        self.marks: dict[str, list[tuple[str, int]]] = {}

    def add(self, session: Session) -> None:
        if session.step:
            self.steps.append((session.day, session.step))
        for measure, value in session.checkin.items():
            self.marks.setdefault(measure, []).append((session.day, value))
        for answer in session.answers:
            question = answer.question or ""
            self.asked[f"{session.ref}.{answer.position}"] = question
            kind = self.kind.get(answer.prompt or "")
            if kind is Gather.NEEDS:
                self.needs.append(Passed(question, answer.text, session.day))
            elif kind is Gather.QUESTIONS:
                self.questions.append(Passed(question, answer.text, session.day))
            elif session.cause:
                self.questions += [Passed("", text, session.day) for text in own_questions(answer.text)]


def _usable(library: Library) -> Iterator[Pack]:
    """Every pack that can be read; a broken pack of the writer's own must not stop a summary."""
    for slug in library.slugs:
        try:
            yield library.pack(slug)
        except BadFileError:
            continue


def _refuse_existing(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise FileExistsError


def write_file(path: Path, chunks: Iterable[str | bytes], *, force: bool) -> int:
    """Write text or bytes to `path` at once and for its owner alone; the result is the number of bytes.

    Raises `ExistsError` for a file that is there already (unless `force`), `CannotWriteError` where
    it cannot be written; then nothing is left behind and an old file stays as it was.
    """
    fresh = path.parent / f".{path.name}.{os.urandom(4).hex()}"
    size = 0
    try:
        _refuse_existing(path, force=force)
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path) if force else name_new_file(fresh, path)
    except FileExistsError:
        raise ExistsError(m.FILE_EXISTS.format(file=path), m.FILE_EXISTS_HINT) from None
    except OSError:
        raise CannotWriteError(m.FILE_UNWRITABLE.format(file=path), m.FILE_UNWRITABLE_HINT) from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return size
