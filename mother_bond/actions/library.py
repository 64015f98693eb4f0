"""Read about themes and questions, and check a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.bundled import Library, read_pack_file
from mother_bond.library.editor import edit
from mother_bond.library.render import fill

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond, Role
    from mother_bond.domain.prompt import Depth, Stage
    from mother_bond.library.pack import Finding


class ThemeName(NamedTuple):
    """A theme by its id and its plain name."""

    cause: str
    name: str


class ThemeList(NamedTuple):
    """Every theme there is a pack for."""

    themes: tuple[ThemeName, ...]


class ThemePage(NamedTuple):
    """A theme as it is seen from each side, the reader's own side first."""

    cause: str
    name: str
    sides: tuple[tuple[Role, str], ...]


class Question(NamedTuple):
    """A question as it is asked of one bond, or as it stands in its pack."""

    id: str
    cause: str
    stage: Stage
    depth: Depth
    question: str
    help: str


class PromptList(NamedTuple):
    """Questions of one theme or of all."""

    prompts: tuple[Question, ...]


class CheckedFile(NamedTuple):
    """What is wrong with a pack, if anything, and how many questions it holds."""

    file: str
    findings: tuple[Finding, ...]
    prompts: int


def themes(library: Library) -> ThemeList:
    """Every theme."""
    return ThemeList(tuple(ThemeName(slug, library.pack(slug).name) for slug in library.slugs))


def theme(library: Library, cause: str, role: Role | None) -> ThemePage:
    """One theme, from both sides."""
    pack = library.pack(cause)
    order = sorted(pack.about, key=lambda side: side is not role)
    return ThemePage(cause, pack.name, tuple((side, pack.about[side]) for side in order))


def prompts(library: Library, cause: str | None, bond: Bond | None, role: Role | None) -> PromptList:
    """The questions of a theme, or of all; in words for `bond` when there is one."""
    packs = [library.pack(cause)] if cause else list(library.packs())
    wanted = role or (bond.role if bond else None)
    filled = bond is not None and (role is None or role is bond.role)
    return PromptList(
        tuple(
            Question(
                p.id,
                p.cause,
                p.stage,
                p.depth,
                fill(p.text, bond) if bond and filled else p.text,
                fill(p.help, bond) if bond and filled else p.help,
            )
            for pack in packs
            for p in pack.prompts
            if wanted is None or p.role is wanted
        )
    )


def check(path: Path) -> CheckedFile:
    """Everything that is wrong with a pack: first its form, and once that holds, its wording."""
    pack, findings = read_pack_file(path)
    if pack:
        findings = list(edit(pack))
    return CheckedFile(str(path), tuple(findings), len(pack.prompts) if pack else 0)
