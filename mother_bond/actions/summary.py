"""Gather what a reflection summary holds, and write a file that is whole or not there."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions import data
from mother_bond.actions.patterns import changes
from mother_bond.domain.prompt import Gather, Pack
from mother_bond.errors import BadFileError, CannotWriteError, ExistsError, UsageError
from mother_bond.export.markdown import render
from mother_bond.export.summary import Part, Passed, Period, document
from mother_bond.paths import name_new_file
from mother_bond.patterns.passages import own_questions
from mother_bond.storage import bonds, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

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
    JSONL = "jsonl"


def file_format(named: str | None, file: Path | None) -> Format:
    """The format that was named, or that of the file's ending, or Markdown.

    Raises `UsageError` for one there is not.
    """
    ending = file.suffix[1:] if file and file.suffix else ""
    try:
        return Format(named or (ending if ending in set(Format) else Format.MD))
    except ValueError:
        raise UsageError(m.VALUE_ONE_OF.format(option="--format", known=", ".join(Format)), "") from None


def usual_name(kind: Format) -> Path:
    """The file an export goes to when none was named."""
    day = clock.now().date().isoformat()
    return Path(f"journal-{day}.jsonl" if kind is Format.JSONL else f"reflection-{day}.md")


def chunks(
    store: Store, library: Callable[[], Library], kind: Format, bond: Bond | None, meant: Which, tick: data.Tick
) -> Iterator[str]:
    """The text of an export, piece by piece."""
    if kind is Format.JSONL:
        yield from data.lines(store, meant, tick)
        return
    about = [bond] if bond else [b for b in bonds.all_bonds(store) if not b.put_away]
    yield render(summary(store, library(), about, meant, clock.now().date()))


def summary(store: Store, library: Library, about: Iterable[Bond], meant: Which, made: date) -> Document:
    """The reflection summary of these bonds."""
    return document(tuple(_part(store, library, bond, meant._replace(bond=bond.id)) for bond in about), made)


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
        courses=counted.courses,
        words=words,
        steps=tuple(gathered.steps),
        needs=tuple(gathered.needs[-MOST_GATHERED:]),
        questions=tuple(gathered.questions[-MOST_GATHERED:]),
    )


class _Gathered:
    """Answers by the section of the summary they belong to."""

    def __init__(self, library: Library) -> None:
        self.kind = {prompt.id: prompt.gather for pack in _usable(library) for prompt in pack.prompts if prompt.gather}
        self.needs: list[Passed] = []
        self.questions: list[Passed] = []
        self.steps: list[tuple[str, Step]] = []
        self.asked: dict[str, str] = {}

    def add(self, session: Session) -> None:
        if session.step:
            self.steps.append((session.day, session.step))
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


def write_file(path: Path, chunks: Iterable[str], *, force: bool) -> int:
    """Write text to `path` at once and for its owner alone; the result is the number of bytes.

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
                size += file.write(chunk.encode())
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
