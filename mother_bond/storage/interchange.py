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


def _all(*parts: str) -> str:
    """The parts as one text, without those that are NULL: written once, where `||` copies at every part."""
    return f"printf('{'%s' * len(parts)}', {', '.join(parts)})"


def _text(key: str, column: str) -> str:
    """A key and its text with a comma before them, or NULL where there is none."""
    return f"CASE WHEN {column} IS NOT NULL THEN ',\"{key}\":' || json_quote({column}) END"


def _listed(before: str, line: str, rows: str, after: str) -> str:
    """The `line` of each of the `rows` with commas between, in brackets; NULL where there are none."""
    return f"'{before}' || (SELECT group_concat(line) FROM (SELECT {line} AS line FROM {rows})) || '{after}'"


_HERE = "WHERE session_id = s.id"
_REVISION = _all("'{\"text\":'", "json_quote(text)", "',\"at\":'", "json_quote(at)", "'}'")
_ANSWER = _all(
    "'{\"id\":'",
    "json_quote(id)",
    *(_text(key, key) for key in ("at", "prompt", "question", "text")),
    "CASE WHEN shared = 1 THEN ',\"shared\":true' END",
    _listed(',"revisions":[', _REVISION, "revision WHERE answer_id = answer.id ORDER BY row", "]"),
    "'}'",
)
_STEP = _all(
    "'{'",
    "CASE WHEN practice IS NOT NULL THEN '\"practice\":' || json_quote(practice) || ',' END",
    "'\"plan\":'",
    "json_quote(plan)",
    *(_text(key, key) for key in ("state", "at", "state_at")),
    "'}'",
)
_LINE = _all(
    '\'{"format":"mother-bond/1","id":\'',
    "json_quote(s.id)",
    _text("at", "s.at"),
    "',\"seconds\":' || s.seconds",
    "',\"bond\":'",
    "b.line",
    _text("cause", "s.cause"),
    _text("path", "s.path"),
    _listed(',"checkin":{', _all("json_quote(measure)", "':'", "value"), f"checkin {_HERE} ORDER BY rowid", "}"),
    _listed(',"way-in":{', _all("json_quote(cause)", "':'", "mark"), f"way_in {_HERE} ORDER BY rowid", "}"),
    "',\"answers\":['",
    _listed("", _ANSWER, f"answer {_HERE} AND trashed_at IS NULL ORDER BY position", ""),
    "']'",
    f"',\"step\":' || (SELECT {_STEP} FROM step {_HERE})",
    "'}'",
    "char(10)",
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
