"""Paths: which there are, how far each was walked, and which part comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.bundled import practices, theme_path
from mother_bond.domain.bond import Role
from mother_bond.errors import NotFoundError
from mother_bond.library.along import Walked, following, latest
from mother_bond.storage import past

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session
    from mother_bond.domain.path import ThemePath
    from mother_bond.storage.store import Store

_REMIND_FROM, _REMIND_UNTIL = timedelta(days=2), timedelta(weeks=4)


class PathLine(NamedTuple):
    """A path by its theme and name, and how far it was walked; `walked` is 0 and `day` None where it was not."""

    cause: str
    role: Role
    name: str
    parts: int
    walked: int = 0
    day: str | None = None


class PathList(NamedTuple):
    """Every path, of one role or of both."""

    paths: tuple[PathLine, ...]


class PathStop(NamedTuple):
    """One part of a path: its title, how many questions, and the practice that is offered after them."""

    title: str
    prompts: tuple[str, ...]
    practice: str
    practice_name: str


class PathPage(NamedTuple):
    """A path as it is read about."""

    cause: str
    role: Role
    name: str
    about: str
    parts: tuple[PathStop, ...]
    walked: int = 0
    day: str | None = None


class PathPages(NamedTuple):
    """One theme's path for one role, or for both."""

    pages: tuple[PathPage, ...]


def path_list(library: Library, role: Role | None, walked: dict[str, Walked]) -> PathList:
    """Every path for `role`, or for both."""
    every = [theme_path(slug, side) for side in ((role,) if role else Role) for slug in library.slugs]
    return PathList(
        tuple(
            PathLine(path.cause, path.role, path.name, len(path.parts), *walked.get(path.cause, ()))
            for path in every
            if path
        )
    )


def path_page(cause: str, role: Role, walked: dict[str, Walked]) -> PathPage:
    """One path with its parts.

    Raises `NotFoundError` where a theme has none.
    """
    path = _path(cause, role)
    names = {practice.id: practice.name for practice in practices()}
    parts = tuple(PathStop(p.title, p.prompts, p.practice, names[p.practice]) for p in path.parts)
    return PathPage(cause, role, path.name, path.about, parts, *walked.get(cause, ()))


class NextPart(NamedTuple):
    """The part of a path that a sitting is about to walk; `again_since` is the day its end was reached before."""

    cause: str
    part: int
    again_since: str | None


def next_part(store: Store, library: Library, bond: Bond, cause: str | None) -> NextPart:
    """The next part of the path of `cause`, or of the path that was walked last.

    Raises `NotFoundError` where there is no such path, or none with parts left.
    """
    walked = past.paths(store, bond.id)
    if cause is None:
        cause = latest(walked, _lengths(library, bond.role))
        if cause is None:
            raise NotFoundError(m.PATH_NONE, m.PATH_NONE_HINT)
    path, last = _path(cause, bond.role), walked.get(cause)
    at_end = last is not None and last.part >= len(path.parts)
    return NextPart(cause, following(path, last), last.day if last and at_end else None)


def afterwards(session: Session) -> str | None:
    """What to say of a path when a part of it was walked."""
    if session.path is None:
        return None
    cause, _, number = session.path.rpartition(".")
    path = theme_path(cause, session.bond.role)
    if path is None:
        return None
    if int(number) >= len(path.parts):
        return m.PATH_END.format(path=path.name)
    return m.PATH_NEXT.format(n=number, of=len(path.parts))


def reminder(store: Store, library: Library, bond: Bond, today: date) -> str | None:
    """A line about a path that was begun in the last weeks and has parts left, or None."""
    walked = past.paths(store, bond.id)
    cause = latest(walked, _lengths(library, bond.role)) if walked else None
    path = theme_path(cause, bond.role) if cause else None
    if cause is None or path is None:
        return None
    since = today - date.fromisoformat(walked[cause].day)
    if not _REMIND_FROM <= since <= _REMIND_UNTIL:
        return None
    return m.PATH_OPEN.format(path=path.name, n=following(path, walked[cause]))


def again(part: NextPart) -> str | None:
    """What to say where a path that was walked to its end begins anew."""
    if part.again_since is None:
        return None
    return m.PATH_BEGINS_AGAIN.format(day=clock.long_day(date.fromisoformat(part.again_since)))


def _path(cause: str, role: Role) -> ThemePath:
    path = theme_path(cause, role)
    if path is None:
        raise NotFoundError(m.PATH_NOT_HERE, m.PATH_NONE_HINT)
    return path


def _lengths(library: Library, role: Role) -> dict[str, int]:
    every = [theme_path(slug, role) for slug in library.slugs]
    return {path.cause: len(path.parts) for path in every if path}
