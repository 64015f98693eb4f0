"""The only reader of prompts/ and data/: in the installed wheel, in a checkout, and of own packs.

What ships with the program is trusted to be well formed (its checks run over it in CI); a pack from
the journal's folder is checked whenever it is read.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.measure import Act, Closing, Cue, Energy, Feeling, HelpLine, HelpLines, Measure, Part, Practice
from mother_bond.domain.path import PathPart, ThemePath
from mother_bond.domain.prompt import SLUGS, Pack, Prompt
from mother_bond.errors import BadFileError, NotFoundError
from mother_bond.library.pack import Finding, read_pack
from mother_bond.paths import read_some
from mother_bond.wording.bounded import NotTomlError, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.domain.words import WordLists

LARGEST_PACK = 256 * 1024
_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parent


@cache
def _data(name: str) -> dict[str, Any]:
    with (_ROOT / "data" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def demo_journal(role: Role) -> Path:
    """The made-up journal of that role, in the interchange format."""
    return _ROOT / "data" / "demo" / f"{role}.jsonl"


def fonts() -> Path:
    """The folder of the fonts a PDF is set in."""
    return _ROOT / "data" / "fonts"


@cache
def sources() -> frozenset[str]:
    """Every id a pack may name as a source: ideas of the articles (S2.13) and research (E24)."""
    raw = _data("sources")
    ideas = {f"{a}.{n:02}" for a, row in raw["articles"].items() for n in range(1, row["ideas"] + 1)}
    return frozenset(ideas | raw["research"].keys())


@cache
def measures() -> tuple[Measure, ...]:
    """The check-in measures, in the order in which they are asked."""
    return tuple(_measure(row) for row in _data("measures")["measure"])


def _measure(row: dict[str, Any]) -> Measure:
    cue = row.get("cue")
    return Measure(
        id=row["id"],
        name=row["name"],
        question=row["question"],
        low=row["low"],
        high=row["high"],
        highest=row.get("highest", 7),
        weekly=row.get("weekly", False),
        words=tuple(row.get("words", ())),
        not_when=frozenset(Contact(contact) for contact in row.get("not-when", ())),
        after=row.get("after"),
        skip=row.get("skip", ""),
        picture=row.get("picture", False),
        closing=row.get("closing", False),
        cue=Cue(cue["cause"], cue["because"], cue.get("at-least"), cue.get("at-most")) if cue else None,
    )


@cache
def closings() -> tuple[Closing, ...]:
    """Every way to end a sitting."""
    rows = _data("closings")["closing"]
    return tuple(Closing(r["id"], Part(r["part"]), r["text"], r["light"], tuple(r["sources"])) for r in rows)


@cache
def practices() -> tuple[Practice, ...]:
    """Every practice, for both roles."""
    return tuple(_practice(row) for row in _data("practices")["practice"])


def _practice(row: dict[str, Any]) -> Practice:
    acts = {role: row[role] for role in Role}
    return Practice(
        id=row["id"],
        name=row["name"],
        causes=() if row["causes"] == ["*"] else tuple(row["causes"]),
        sources=tuple(row["sources"]),
        needs_contact=row["needs-contact"],
        not_when_died=row["not-when-died"],
        acts={
            role: Act(
                act["what"],
                act["may-help"],
                act["plan"],
                act["smaller"],
                act["not-now"],
                tuple(act.get("say", ())),
                tuple(act.get("notice", ())),
            )
            for role, act in acts.items()
        },
    )


@cache
def feelings() -> tuple[Feeling, ...]:
    """Words for feelings, in the order in which they are shown."""
    rows = _data("feelings")["feeling"]
    return tuple(Feeling(r["word"], Energy(r["energy"]), r["pleasant"], r["meaning"]) for r in rows)


@cache
def word_lists() -> WordLists:
    """The groups of words that are counted, and the small words that make no phrase."""
    from mother_bond.domain.words import WordGroup, WordLists

    raw = _data("words")
    groups = (WordGroup(g["id"], g["name"], frozenset(g["words"]), tuple(g["sources"])) for g in raw["group"])
    return WordLists(tuple(groups), frozenset(raw["phrases"]["openers"]), frozenset(raw["phrases"]["small"]))


def capitals() -> dict[str, Any]:
    """The words by which a redacted export tells a name from what is written with a capital anyway."""
    return _data("capitals")


@cache
def theme_path(cause: str, role: Role) -> ThemePath | None:
    """The path of a theme for one role; a theme of the writer's own has none."""
    if cause not in SLUGS:
        return None
    raw = _data(f"paths/{cause}")[role]
    parts = tuple(PathPart(part["title"], tuple(part["prompts"]), part["practice"]) for part in raw["part"])
    return ThemePath(cause, role, raw["name"], raw["about"], parts)


@cache
def help_lines() -> HelpLines:
    """Lines to a person, with the day the list was checked."""
    raw = _data("help-lines")
    lines = (
        HelpLine(r["country"], r["country-name"], r["kind"], r["name"], r["contact"], r["source"], r["verified"])
        for r in raw["line"]
    )
    return HelpLines(raw["checked"], tuple(lines))


def read_pack_file(path: Path) -> tuple[Pack | None, list[Finding]]:
    """The pack in a file, or everything that is wrong with it; a file that is not TOML names its line.

    Raises `BadFileError` when the file cannot be read at all.
    """
    try:
        data = read_some(path, LARGEST_PACK)
    except OSError:
        raise BadFileError(m.FILE_UNREADABLE.format(file=path), m.FILE_UNREADABLE_HINT) from None
    try:
        raw = read_toml(data, LARGEST_PACK)
    except NotTomlError as error:
        return None, [Finding("", str(error))]
    return read_pack(raw, sources())


@cache
def _shipped(path: Path) -> tuple[Pack | None, list[Finding]]:
    """The pack in a file of ours, which stays as it is while the program runs."""
    return read_pack_file(path)


class Library:
    """The packs there are: ours, with those in the writer's own folder added or in their place.

    Packs are read when they are asked for; an evening needs one.
    """

    def __init__(self, own: Path) -> None:
        ours = _ROOT / "prompts"
        self._files = {slug: ours / f"{slug}.toml" for slug in SLUGS}
        self._files |= {path.stem: path for path in sorted(ours.glob("*.toml"))}
        self._own = {path.stem: path for path in sorted(own.glob("*.toml"))} if own.is_dir() else {}
        self._files |= self._own
        self._packs: dict[str, Pack] = {}

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every cause there is a pack for, in the order in which they come round."""
        return tuple(self._files)

    def pack(self, slug: str) -> Pack:
        """The pack of a cause.

        Raises `NotFoundError` for a cause there is none for, `BadFileError` for a broken own pack.
        """
        if slug not in self._files:
            raise NotFoundError(m.CAUSE_NONE, m.CAUSE_NONE_HINT)
        if slug not in self._packs:
            self._packs[slug] = self._read(slug)
        return self._packs[slug]

    def name(self, slug: str) -> str:
        """The name of a cause, without reading the whole of a pack of ours.

        Raises as `pack` does.
        """
        if slug in self._packs or slug in self._own or slug not in self._files:
            return self.pack(slug).name
        head = self._files[slug].read_text(encoding="utf-8").partition("\n[")[0]
        return str(tomllib.loads(head)["name"])

    def _read(self, slug: str) -> Pack:
        path = self._files[slug]
        pack, findings = _shipped(path) if self.ours(slug) else read_pack_file(path)
        if pack and pack.cause != slug:
            pack, findings = None, [Finding("cause", m.PACK_FILE_NAME.format(name=path.name))]
        if pack is None:
            first = findings[0]
            raise BadFileError(
                m.PACK_BROKEN.format(file=path.name, key=first.key, reason=first.reason),
                m.PACK_BROKEN_HINT.format(file=path),
            )
        return pack

    def file(self, slug: str) -> Path:
        """The file a cause's pack is read from."""
        return self._files[slug]

    def ours(self, slug: str) -> bool:
        """Whether a cause's pack is one that ships with the program."""
        return slug not in self._own

    def packs(self) -> Iterator[Pack]:
        """Every pack."""
        return (self.pack(slug) for slug in self.slugs)

    def prompt(self, prompt_id: str) -> Prompt | None:
        """The question with this id, if it still is in a pack."""
        slug = prompt_id.partition(".")[0]
        if slug not in self._files:
            return None
        return next((p for p in self.pack(slug).prompts if p.id == prompt_id), None)
