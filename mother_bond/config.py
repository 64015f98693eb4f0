"""The writer's settings, in `config.toml` beside the journal; every one of them may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import BadFileError

if TYPE_CHECKING:
    from pathlib import Path


class Config(NamedTuple):
    """What can be set: see `KEYS` for what each is for."""

    plain: bool = False
    minutes: int = 10
    country: str = ""
    help: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


KEYS = {
    "plain": "true for no colour, no boxes and line-by-line answers everywhere, as with --plain",
    "minutes": "how long a sitting is when nothing is said: 5, 10 or 20",
    "country": 'whose help lines come first, as in "GB"',
    "help": 'lines of your own that help-now shows first, as in ["Ring Ann, 0161 …"]',
    "names": 'names that export --redact replaces beside your bonds\', as in ["Effie", "Gran = [my grandmother]"]',
}


def load(path: Path) -> Config:
    """The settings in `path`, or the usual ones where there is no such file.

    Raises `BadFileError` naming the key that is wrong.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError:
        raise BadFileError(m.FILE_UNREADABLE.format(file=path), m.FILE_UNREADABLE_HINT) from None
    import tomllib

    try:
        raw = tomllib.loads(text.decode())
    except (ValueError, RecursionError):
        raise BadFileError(m.CONFIG_NOT_TOML.format(file=path), m.CONFIG_HINT) from None
    kinds = {"plain": bool, "minutes": int, "country": str, "help": list, "names": list}
    for key, value in raw.items():
        if key not in kinds or type(value) is not kinds[key]:
            raise BadFileError(m.CONFIG_KEY.format(key=key), m.CONFIG_HINT)
    for key in ("help", "names"):
        if not all(isinstance(line, str) for line in raw.get(key, [])):
            raise BadFileError(m.CONFIG_KEY.format(key=key), m.CONFIG_HINT)
    return Config(**{**raw, "help": tuple(raw.get("help", ())), "names": tuple(raw.get("names", ()))})
