"""Put out a reflection summary or the data, and write a file that is whole or not there."""

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
from mother_bond.bundled import capitals, fonts
from mother_bond.errors import CannotWriteError, ExistsError, UnconfirmedError, UsageError
from mother_bond.export.shape import AS_USUAL, Reader, Shape
from mother_bond.paths import name_new_file
from mother_bond.storage import bonds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.export.document import Document
    from mother_bond.export.hand_over import HandedOver
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store


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


def shape(kind: Format, reader: str | None, *, words: bool, redact: bool = False) -> Shape:
    """What the writer chose for a summary.

    Raises `UsageError` for a reader there is not, and for choices that data does not have.
    """
    if kind is Format.JSONL and (reader or redact or not words):
        raise UsageError(m.SHAPED_DATA, m.SHAPED_DATA_HINT)
    try:
        usual = Reader.COUNSELLOR if redact else Reader.ME
        return Shape(Reader(reader or usual), words, redact=redact)
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
    own_names: Iterable[str] = (),
    agree: Callable[[HandedOver], bool] = lambda _: True,
) -> Iterator[str | bytes]:
    """An export, piece by piece; `say` is told what the reader of the file ought to know.

    What was replaced in a redacted summary is put to `agree` before anything of it is given out;
    `own_names` are those of the writer's list. The names of all bonds are replaced, not only of those it is about.

    Raises `UnconfirmedError` when `agree` says no.
    """
    if kind is Format.JSONL:
        yield from data.lines(store, meant, tick)
        return
    from mother_bond.actions.gather import parts
    from mother_bond.actions.patterns import theme_name
    from mother_bond.export.summary import document

    check_tools(kind)
    kept = bonds.all_bonds(store)
    found = library()
    if meant.cause:
        shape = shape._replace(theme=theme_name(found, meant.cause))
    told = parts(store, found, [bond] if bond else [b for b in kept if not b.put_away], meant, shape)
    if shape.redact:
        from mother_bond.export.hand_over import hand_over
        from mother_bond.export.redact import known

        done = hand_over(told, shape, known(kept, own_names, capitals()))
        if not agree(done):
            raise UnconfirmedError(m.REDACT_NOT, m.REDACT_HINT)
        told, shape = done.parts, done.shape
    made = document(told, clock.now().date(), shape)
    yield _rendered(made, kind, say)


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
