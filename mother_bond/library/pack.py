"""Turn the contents of a pack file into a checked `Pack`, naming everything that is wrong.

A pack may come from anywhere (a folder in the journal's home adds or replaces packs), so nothing
in it is trusted: each finding gives the key, so that the file can be mended by hand.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.prompt import Depth, Gather, Kind, Pack, Prompt, Stage
from mother_bond.library.render import unknown_placeholders

FORMAT = 1
FORM = "form"
"""The rule that is broken where a file is not of the format."""
LONGEST_TEXT = 5_000
MOST_PROMPTS = 500
MOST_FINDINGS = 200
"""How many are named at most; what is beyond shows once these are mended."""
LONGEST_KEY = 80
E = TypeVar("E", bound=StrEnum)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"([a-z0-9-]+)\.(mother|child)\.(notice|look-again|tend)\.(\d\d)")
_PACK_KEYS = {"format", "cause", "name", "kind", "sources", "way-in", "about", "prompt"}
_PROMPT_KEYS = {"id", "role", "stage", "depth", "text", "help", "sources", "not-when", "gather", "pair"}


class Finding(NamedTuple):
    """One thing wrong: where it stands (`key`), what it is and how to mend it, and the rule it breaks."""

    key: str
    reason: str
    rule: str = FORM


def read_pack(raw: dict[str, Any], known_sources: frozenset[str]) -> tuple[Pack | None, list[Finding]]:
    """The pack in `raw` (a parsed TOML file), or None, with everything that is wrong with it.

    A pack with a finding is never half used: the result is a pack or findings, not both.
    """
    reader = _Reader(known_sources)
    pack = reader.pack(raw)
    return (None if reader.findings else pack), reader.findings


class _Reader:
    """Reads key by key and keeps what it finds wrong."""

    def __init__(self, known_sources: frozenset[str]) -> None:
        self.findings: list[Finding] = []
        self.sources = known_sources

    def wrong(self, key: str, reason: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(key, reason))

    def pack(self, raw: dict[str, Any]) -> Pack:
        self.unknown_keys("", raw, _PACK_KEYS)
        if raw.get("format") != FORMAT:
            self.wrong("format", m.PACK_FORMAT.format(known=FORMAT))
        cause = self.text("cause", raw)
        if cause and not _SLUG.fullmatch(cause):
            self.wrong("cause", m.PACK_SLUG)
        kind = self.one_of(Kind, "kind", raw)
        prompts = tuple(self.prompts(raw, cause))
        self.unique_ids(prompts)
        return Pack(
            cause=cause,
            name=self.text("name", raw),
            kind=kind or Kind.CAUSE,
            sources=self.source_list("sources", raw),
            about=self.both_roles("about", raw),
            way_in=self.both_roles("way-in", raw) if kind is Kind.CAUSE else {},
            prompts=prompts,
        )

    def prompts(self, raw: dict[str, Any], cause: str) -> Iterator[Prompt]:
        rows = raw.get("prompt")
        if not isinstance(rows, list) or not rows:
            self.wrong("prompt", m.PACK_NO_PROMPTS)
            return
        if len(rows) > MOST_PROMPTS:
            self.wrong("prompt", m.PACK_MANY.format(most=MOST_PROMPTS))
            return
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                self.wrong(f"prompt {number}", m.PACK_NOT_A_TABLE)
                continue
            named = row.get("id")
            where = f"prompt {number} ({named[:LONGEST_KEY]})" if isinstance(named, str) else f"prompt {number}"
            prompt = self.prompt(where, row, cause)
            if prompt:
                yield prompt

    def prompt(self, where: str, row: dict[str, Any], cause: str) -> Prompt | None:
        self.unknown_keys(f"{where}, ", row, _PROMPT_KEYS)
        role = self.one_of(Role, f"{where}, role", row)
        stage = self.one_of(Stage, f"{where}, stage", row)
        depth = self.one_of(Depth, f"{where}, depth", row)
        prompt_id = self.text(f"{where}, id", row)
        text = self.text(f"{where}, text", row)
        aid = self.text(f"{where}, help", row)
        for key, value in (("text", text), ("help", aid)):
            for strange in unknown_placeholders(value):
                self.wrong(f"{where}, {key}", m.PACK_PLACEHOLDER.format(what=strange))
        if not (role and stage and depth):
            return None
        parts = _ID.fullmatch(prompt_id)
        if prompt_id and (not parts or parts.group(1, 2, 3) != (cause, role, stage)):
            self.wrong(f"{where}, id", m.PACK_ID.format(like=f"{cause}.{role}.{stage}.01"))
        return Prompt(
            id=prompt_id,
            cause=cause,
            role=role,
            stage=stage,
            depth=depth,
            text=text,
            help=aid,
            sources=self.source_list(f"{where}, sources", row),
            not_when=frozenset(self.many_of(Contact, f"{where}, not-when", row)),
            gather=self.one_of(Gather, f"{where}, gather", row, needed=False),
            pair=self.text(f"{where}, pair", row, needed=False) or None,
        )

    def unique_ids(self, prompts: tuple[Prompt, ...]) -> None:
        seen: set[str] = set()
        for prompt in prompts:
            if prompt.id in seen:
                self.wrong(prompt.id, m.PACK_TWICE)
            seen.add(prompt.id)
        for prompt in prompts:
            if prompt.pair and prompt.pair not in seen:
                self.wrong(f"{prompt.id}, pair", m.PACK_PAIR.format(pair=prompt.pair))

    def unknown_keys(self, where: str, row: dict[str, Any], known: set[str]) -> None:
        for key in sorted(row.keys() - known):
            self.wrong(f"{where}{key[:LONGEST_KEY]}", m.PACK_KEY_UNKNOWN)

    def text(self, where: str, row: dict[str, Any], *, needed: bool = True) -> str:
        key = where.rsplit(", ", 1)[-1]
        value = row.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(where, m.PACK_TEXT)
            return ""
        if len(value) > LONGEST_TEXT:
            self.wrong(where, m.PACK_TOO_LONG.format(most=LONGEST_TEXT))
        if any(not ch.isprintable() and ch != "\n" for ch in value):
            self.wrong(where, m.PACK_CONTROL)
        return value.strip()

    def one_of(self, kind: type[E], where: str, row: dict[str, Any], *, needed: bool = True) -> E | None:
        value = row.get(where.rsplit(", ", 1)[-1])
        if value is None and not needed:
            return None
        try:
            return kind(value if isinstance(value, str) else "")  # what is nested deep cannot even be shown
        except ValueError:
            self.wrong(where, m.PACK_ONE_OF.format(known=", ".join(kind)))
            return None

    def many_of(self, kind: type[E], where: str, row: dict[str, Any]) -> Iterator[E]:
        values = row.get(where.rsplit(", ", 1)[-1], [])
        for value in values if isinstance(values, list) else [values]:
            try:
                yield kind(value if isinstance(value, str) else "")
            except ValueError:
                self.wrong(where, m.PACK_ONE_OF.format(known=", ".join(kind)))

    def source_list(self, where: str, row: dict[str, Any]) -> tuple[str, ...]:
        values = row.get("sources")
        if not isinstance(values, list) or not values:
            self.wrong(where, m.PACK_SOURCES)
            return ()
        for value in values:
            if not isinstance(value, str) or value not in self.sources:
                shown = value[:LONGEST_KEY] if isinstance(value, str) else "?"
                self.wrong(where, m.PACK_SOURCE_UNKNOWN.format(what=shown))
        return tuple(value for value in values if isinstance(value, str))

    def both_roles(self, key: str, raw: dict[str, Any]) -> dict[Role, str]:
        table = raw.get(key)
        if not isinstance(table, dict):
            self.wrong(key, m.PACK_BOTH_ROLES)
            return {}
        self.unknown_keys(f"{key}, ", table, {str(role) for role in Role})
        return {role: self.text(f"{key}, {role}", table) for role in Role}
