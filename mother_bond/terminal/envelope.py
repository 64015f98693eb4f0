"""Results as JSON: one object with a version, the kind of result, and its values.

Keys are added and never removed. Nothing in the text can steer a terminal it is shown on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mother_bond.wording.visible import HIDDEN

VERSION = 1


def envelope(result: Any) -> str:
    """The JSON text of a result, which is a frozen value or a tuple of them."""
    several = type(result) is tuple
    kind = "list" if several else _kebab(type(result).__name__)
    body = {"items": plain_data(result)} if several else plain_data(result)
    text = json.dumps({"version": VERSION, "kind": kind, **body}, ensure_ascii=False, indent=2)
    return harmless(text)


def harmless(text: str) -> str:
    """JSON text in which whatever could steer a terminal is written as an escape, and means the same."""
    return re.sub(HIDDEN, _escape, text)


def _escape(match: re.Match[str]) -> str:
    """A character as JSON escapes it: by its one or two units of UTF-16."""
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def plain_data(value: Any) -> Any:
    """A value as JSON can hold it: frozen values by their field names."""
    if hasattr(value, "words") and hasattr(value, "excerpt"):
        value = value._replace(excerpt=value.words)
    if hasattr(value, "_asdict"):
        return {key: plain_data(item) for key, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain_data(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
