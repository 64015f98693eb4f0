"""The writer's settings, in `config.toml` beside the journal; every one of them may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import BadFileError
from mother_bond.paths import read_some

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024
LONGEST_IN_TRASH = 36_500


class Config(NamedTuple):
    """What can be set: see `KEYS` for what each is for."""

    plain: bool = False
    minutes: int = 10
    country: str = ""
    help: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    trash_days: int = 30
    clear: bool = False


KEYS = {
    "plain": "true for no colour, no boxes and line-by-line answers everywhere, as with --plain",
    "minutes": "how long a sitting is when nothing is said: 5, 10 or 20",
    "country": 'whose help lines come first, as in "GB"',
    "help": 'lines of your own that help-now shows first, as in ["Ring Ann, 0161 …"]',
    "names": 'names that export --redact replaces beside your bonds\', as in ["Effie", "Gran = [my grandmother]"]',
    "trash-days": "how many days what you delete lies in the trash before it is purged; 0 for ever",
    "clear": "true for a screen, and what was scrolled off it, wiped clean at the end of a sitting",
}


def load(path: Path) -> Config:
    """The settings in `path`, or the usual ones where there is no such file.

    Raises `BadFileError` naming the key that is wrong.
    """
    try:
        data = read_some(path, LARGEST)
    except FileNotFoundError:
        return Config()
    except OSError:
        raise BadFileError(m.FILE_UNREADABLE.format(file=path), m.FILE_UNREADABLE_HINT) from None
    from mother_bond.wording.bounded import NotTomlError, read_toml

    try:
        raw = read_toml(data, LARGEST)
    except NotTomlError as error:
        raise BadFileError(m.CONFIG_NOT_TOML.format(file=path, why=error), m.CONFIG_HINT) from None
    kinds = {key.replace("_", "-"): type(usual) for key, usual in Config()._asdict().items()}
    kinds |= dict.fromkeys(("help", "names"), list)
    for key, value in raw.items():
        if key not in kinds or type(value) is not kinds[key]:
            raise BadFileError(m.CONFIG_KEY.format(key=key[:40]), m.CONFIG_HINT)
    for key in ("help", "names"):
        if not all(isinstance(line, str) for line in raw.get(key, [])):
            raise BadFileError(m.CONFIG_KEY.format(key=key), m.CONFIG_HINT)
    days = raw.pop("trash-days", Config().trash_days)
    if not 0 <= days <= LONGEST_IN_TRASH:
        raise BadFileError(m.CONFIG_KEY.format(key="trash-days"), m.CONFIG_HINT)
    lists = {key: tuple(raw.get(key, ())) for key in ("help", "names")}
    return Config(**{**raw, **lists, "trash_days": days})
