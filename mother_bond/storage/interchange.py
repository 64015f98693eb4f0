"""Sessions as lines of the interchange format, put together by SQLite itself.

Ten times as fast as building values and encoding them, which decides whether a long journal is out
in a second or in ten. What a line may hold is told in `exchange.jsonl`, which reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store


def _text(key: str, column: str) -> str:
    """A key and its text with a comma before them, or nothing where there is none."""
    return f"CASE WHEN {column} IS NULL THEN '' ELSE ',\"{key}\":' || json_quote({column}) END"


def _listed(line: str, rows: str) -> str:
    """The `line` of each of the `rows`, with commas between, or NULL where there are none."""
    return f"(SELECT group_concat(line) FROM (SELECT {line} AS line FROM {rows}))"


def _wrapped(before: str, listed: str, after: str) -> str:
    """A list between its brackets, or nothing where it is NULL."""
    return f"coalesce('{before}' || {listed} || '{after}', '')"


_REVISION = "'{\"text\":' || json_quote(text) || ',\"at\":' || json_quote(at) || '}'"
_ANSWER = " || ".join(
    (
        "'{\"id\":\"' || id || '\"'",
        *(_text(key, key) for key in ("at", "prompt", "question", "text")),
        "CASE WHEN shared = 1 THEN ',\"shared\":true' ELSE '' END",
        _wrapped(',"revisions":[', _listed(_REVISION, "revision WHERE answer_id = answer.id ORDER BY row"), "]"),
        "'}'",
    )
)
_STEP = " || ".join(
    (
        "'{' || CASE WHEN practice IS NULL THEN '' ELSE '\"practice\":' || json_quote(practice) || ',' END",
        "'\"plan\":' || json_quote(plan)",
        *(_text(key, key) for key in ("state", "at", "state_at")),
        "'}'",
    )
)
_HERE = "WHERE session_id = s.id"
_LINE = " || ".join(
    (
        '\'{"format":"mother-bond/1","id":\' || json_quote(s.id)',
        _text("at", "s.at"),
        "CASE WHEN s.seconds IS NULL THEN '' ELSE ',\"seconds\":' || s.seconds END",
        "',\"bond\":' || b.line",
        _text("cause", "s.cause"),
        _text("path", "s.path"),
        _wrapped(
            ',"checkin":{', _listed("json_quote(measure) || ':' || value", f"checkin {_HERE} ORDER BY rowid"), "}"
        ),
        _wrapped(',"way-in":{', _listed("json_quote(cause) || ':' || mark", f"way_in {_HERE} ORDER BY rowid"), "}"),
        "',\"answers\":['",
        _wrapped("", _listed(_ANSWER, f"answer {_HERE} AND trashed_at IS NULL ORDER BY position"), ""),
        "']'",
        _wrapped(',"step":', f"(SELECT {_STEP} FROM step {_HERE})", ""),
        "'}' || char(10)",
    )
)
_BOND = (
    "WITH b AS MATERIALIZED (SELECT id, json_object('role', role, 'name', name, 'call', call, 'they', they,"
    " 'contact', contact) AS line FROM bond)"
)


def lines(store: Store, which: Which) -> Iterator[tuple[int, str]]:
    """The sessions that are meant, oldest first: a few hundred lines of JSON at a time, and how many they are."""
    where, values = which.where()
    sql = f"{_BOND} SELECT {_LINE} FROM session s JOIN b ON b.id = s.bond_id WHERE {where} ORDER BY s.day, s.at, s.id"
    for rows in store.batches(sql, *values):
        yield len(rows), "".join([row[0] for row in rows])
