"""Results as JSON: one object with a version, the kind of result, and its values.

Keys are added and never removed. Nothing in the text can steer a terminal it is shown on.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

VERSION = 1
_RISKY = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def envelope(result: Any) -> str:
    """The JSON text of a result, which is a frozen value or a tuple of them."""
    kind = "list" if isinstance(result, tuple) else _kebab(type(result).__name__)
    body = {"items": plain_data(result)} if isinstance(result, tuple) else plain_data(result)
    text = json.dumps({"version": VERSION, "kind": kind, **body}, ensure_ascii=False, indent=2)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def plain_data(value: Any) -> Any:
    """A value as JSON can hold it: frozen values by their field names."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain_data(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
