"""Full-text search over the writer's words, in the index SQLite keeps by triggers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import UsageError
from mother_bond.storage.lines import END, FOUND, Which, lines_of

if TYPE_CHECKING:
    from mother_bond.domain.line import Line
    from mother_bond.storage.store import Store

MOST_TERMS = 60
"""SQLite refuses a query that is nested too deep."""

_TERM = re.compile(r'(?P<no>-|NOT\s+)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class Hit(NamedTuple):
    """A session in which the words stand, and the place in it (answer position, excerpt)."""

    line: Line
    position: int
    excerpt: str

    @property
    def words(self) -> str:
        """The excerpt without the marks."""
        return self.excerpt.replace(FOUND, "").replace(END, "")


def match_expression(typed: str) -> str:
    """What was typed as an FTS5 query: words in any order, "phrases", `begin*`, `NOT word` or `-word`.

    Every term is quoted, so that nothing typed can be an operator or an error.
    Raises `UsageError` when there is nothing to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in _TERM.finditer(typed):
        text = (
            (term["phrase"] if term["phrase"] is not None else term["word"])
            .replace('"', " ")
            .replace("\0", " ")
            .encode("utf-8", "ignore")
            .decode()
        )
        prefix = "*" if term["word"] and text.endswith("*") else ""
        text = text.rstrip("*") if prefix else text
        if any(ch.isalnum() for ch in text):
            (unwanted if term["no"] else wanted).append(f'"{text}"{prefix}')
    wanted, unwanted = (list(dict.fromkeys(terms))[:MOST_TERMS] for terms in (wanted, unwanted))
    if not wanted:
        raise UsageError(m.SEARCH_NOTHING, m.SEARCH_HINT)
    without = f" NOT ({' OR '.join(unwanted)})" if unwanted else ""
    return f"({' AND '.join(wanted)}){without}"


def search(store: Store, typed: str, which: Which, limit: int) -> tuple[list[Hit], int]:
    """The newest answers that match, at most `limit` (0 for all), and how many match in all."""
    expression = match_expression(typed)
    where, values = which.where()
    matching = (
        "FROM answer_fts JOIN answer a ON a.row = answer_fts.rowid JOIN session s ON s.id = a.session_id"
        f" WHERE answer_fts MATCH ? AND a.trashed_at IS NULL AND {where}"
    )
    sql = (
        f"SELECT a.row AS row, s.row AS session_row, a.position, count(*) OVER () AS total {matching}"
        " ORDER BY s.day DESC, s.at DESC, a.position LIMIT ?"
    )
    shown = list(store.rows(sql, expression, *values, limit or -1))
    lines: dict[int, Line] = {}
    excerpts: dict[int, str] = {}
    for part in (shown[at : at + 500] for at in range(0, len(shown), 500)):
        lines |= lines_of(store, [row["session_row"] for row in part])
        excerpts |= _excerpts(store, expression, [row["row"] for row in part])
    hits = [Hit(lines[row["session_row"]], row["position"], excerpts[row["row"]]) for row in shown]
    return hits, shown[0]["total"] if shown else 0


def _excerpts(store: Store, expression: str, rows: list[int]) -> dict[int, str]:
    marks = ", ".join("?" * len(rows))
    sql = (
        f"SELECT rowid, snippet(answer_fts, 0, '{FOUND}', '{END}', '…', 16) AS excerpt FROM answer_fts"
        f" WHERE answer_fts MATCH ? AND rowid IN ({marks})"
    )
    return {row["rowid"]: row["excerpt"] for row in store.rows(sql, expression, *rows)}
