"""Results as JSON: one object with a version, the kind of result, and its values.

Keys are added and never removed. Nothing in the text can steer a terminal it is shown on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

VERSION = 1
_RISKY = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def envelope(result: Any) -> str:
    """The JSON text of a result, which is a frozen value or a tuple of them."""
    several = type(result) is tuple
    kind = "list" if several else _kebab(type(result).__name__)
    body = {"items": plain_data(result)} if several else plain_data(result)
    text = json.dumps({"version": VERSION, "kind": kind, **body}, ensure_ascii=False, indent=2)
    return harmless(text)


def harmless(text: str) -> str:
    """JSON text in which whatever could steer a terminal is written as an escape, and means the same."""
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


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
