"""The writer's settings: all may be missing, and each that is wrong is named."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import config
from mother_bond import messages as m
from mother_bond.config import Config
from mother_bond.errors import BadFileError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def written(home: Path, text: str | bytes) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> str:
    with pytest.raises(BadFileError) as caught:
        config.load(path)
    assert caught.value.hint
    return caught.value.message


def test_without_a_file_the_usual_settings_hold(home: Path) -> None:
    assert config.load(home / "config.toml") == Config(plain=False, minutes=10, country="", help=())


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", Config()),
        ("plain = true", Config(plain=True)),
        ("minutes = 5", Config(minutes=5)),
        ('country = "GB"', Config(country="GB")),
        ('help = ["Ring Ann", "Dr Ó"]', Config(help=("Ring Ann", "Dr Ó"))),
        ("trash-days = 0", Config(trash_days=0)),
        ("trash-days = 365", Config(trash_days=365)),
        ('plain = false\nminutes = 20\ncountry = "IE"\nhelp = []', Config(minutes=20, country="IE")),
    ],
)
def test_each_setting_is_read(home: Path, text: str, settings: Config) -> None:
    assert config.load(written(home, text)) == settings


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("plian = true", "plian"),
        ("plain = 1", "plain"),
        ('plain = "yes"', "plain"),
        ("minutes = true", "minutes"),
        ("minutes = 7.5", "minutes"),
        ('minutes = "5"', "minutes"),
        ("country = 44", "country"),
        ('help = "Ring Ann"', "help"),
        ('help = ["Ring Ann", 2]', "help"),
        ("[plain]", "plain"),
        ("trash-days = -1", "trash-days"),
        ("trash-days = 99999999", "trash-days"),
        ("trash-days = 30.0", "trash-days"),
        ("trash_days = 30", "trash_days"),
    ],
)
def test_a_wrong_key_or_type_is_named(home: Path, text: str, key: str) -> None:
    assert refused(written(home, text)) == m.CONFIG_KEY.format(key=key)


@pytest.mark.parametrize("text", ["plain = yes", "plain", "help = [", b"country = '\xff'", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_named(home: Path, text: str | bytes) -> None:
    path = written(home, text)
    assert refused(path).startswith(m.CONFIG_NOT_TOML.format(file=path, why="the file is not ")[:-1])


def test_a_folder_in_its_place_is_named(home: Path) -> None:
    (home / "config.toml").mkdir(parents=True)
    assert refused(home / "config.toml") == m.FILE_UNREADABLE.format(file=home / "config.toml")


@pytest.mark.parametrize("text", ["minutes = " + "1" * 5000, "help = " + "[" * 5000])
def test_numbers_and_lists_beyond_measure_are_refused_like_anything_else(home: Path, text: str) -> None:
    path = written(home, text)
    assert refused(path).startswith(m.CONFIG_NOT_TOML.format(file=path, why=m.TOML_NOT.format(why=""))[:-1])


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_the_file_holds_it_is_settings_or_a_message(home: Path, text: bytes) -> None:
    path = written(home, text)
    with contextlib.suppress(BadFileError):
        assert isinstance(config.load(path), Config)


def test_every_setting_is_explained() -> None:
    assert {key.replace("-", "_") for key in config.KEYS} == set(Config._fields)


def test_minutes_that_are_not_offered_are_refused_before_anything_is_asked(home: Path, run: Callable[..., Any]) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    written(home, "minutes = 7")
    ran = run("reflect", "--plain")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert m.MINUTES_UNKNOWN in ran.err


def test_a_broken_setting_never_stands_between_a_person_and_a_help_line(home: Path) -> None:
    written(home, "plain = maybe")
    at = pexpect.spawn(
        sys.executable,
        ["-m", "mother_bond", "help-now"],
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
    )
    shown = at.read()
    at.close()
    assert m.HELP_NOW in shown
    assert at.exitstatus == ExitCode.OK
