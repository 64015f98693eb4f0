"""Read about themes and questions, and check a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.bundled import Library, closings, feelings, measures, practices, read_pack_file, theme_path
from mother_bond.domain.bond import Role
from mother_bond.errors import BadFileError
from mother_bond.library.editor import (
    edit,
    edit_closings,
    edit_feelings,
    edit_likeness,
    edit_measures,
    edit_path,
    edit_practice,
)
from mother_bond.library.pack import Finding
from mother_bond.library.render import fill

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.prompt import Depth, Pack, Stage


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
    """What is wrong with a file, if anything, and how many questions it holds."""

    file: str
    findings: tuple[Finding, ...]
    prompts: int

    @property
    def wrong(self) -> bool:
        """Whether there is anything to mend."""
        return bool(self.findings)


class CheckedLibrary(NamedTuple):
    """What is wrong with the packs and what stands around them, file by file."""

    files: tuple[CheckedFile, ...]

    @property
    def wrong(self) -> bool:
        """Whether there is anything to mend."""
        return any(file.wrong for file in self.files)


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


def check(library: Library, path: Path) -> CheckedFile:
    """Everything that is wrong with a pack: first its form; once that holds, its wording beside the whole library."""
    pack, findings = read_pack_file(path)
    if pack:
        others = (p for slug in library.slugs if slug != pack.cause for p in library.pack(slug).prompts)
        findings = [*edit(pack), *edit_likeness(pack.prompts, others)]
    return CheckedFile(str(path), tuple(findings), len(pack.prompts) if pack else 0)


def _readable(library: Library) -> tuple[list[Pack], list[CheckedFile]]:
    """The packs that can be read, and what is wrong with the form of the others."""
    packs: list[Pack] = []
    broken: list[CheckedFile] = []
    for slug in library.slugs:
        try:
            packs.append(library.pack(slug))
        except BadFileError as error:
            findings = read_pack_file(library.file(slug))[1] or [Finding("", error.message)]
            broken.append(CheckedFile(str(library.file(slug)), tuple(findings), 0))
    return packs, broken


def check_all(library: Library) -> CheckedLibrary:
    """Everything that is wrong with the packs there are, and with the paths and the data beside them."""
    packs, files = _readable(library)
    prompts = {prompt.id: prompt for pack in packs for prompt in pack.prompts}
    acts = {practice.id: practice for practice in practices()}
    alike = list(edit_likeness(prompts.values()))
    files += [
        CheckedFile(
            str(library.file(pack.cause)),
            (*edit(pack), *(f for f in alike if f.key.partition(".")[0] == pack.cause)),
            len(pack.prompts),
        )
        for pack in packs
    ]
    files += [
        CheckedFile("practices.toml", tuple(f for practice in acts.values() for f in edit_practice(practice)), 0),
        CheckedFile("closings.toml", tuple(edit_closings(closings())), 0),
        CheckedFile("feelings.toml", tuple(edit_feelings(feelings())), 0),
        CheckedFile("measures.toml", tuple(edit_measures(measures())), 0),
    ]
    walks = [theme_path(pack.cause, role) for pack in packs if library.ours(pack.cause) for role in Role]
    findings = tuple(f for path in walks if path for f in edit_path(path, prompts, acts))
    return CheckedLibrary((*files, CheckedFile("paths", findings, 0)))
