"""Every sentence of the program: how it is worded, that it can be filled in, and that it lives in one file."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mother_bond
from mother_bond import messages as m

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(mother_bond.__file__).parent
ROOMS = ("cli", "actions", "terminal", "storage", "export")
OF_FILES = ("PACK_", "LINE_", "VALUE_", "EDIT[")
"""What is said of a key or a value and never to a person: there, “must” is the plain word."""
AMERICAN = re.compile(
    r"\b(mom|color\w*|favor\w*|honor\w*|gray|center\w*|(apolog|real|recogn|organ)iz\w*|analyz\w*|behavior\w*"
    r"|neighbor\w*|canceled|traveled|fulfill)\b",
    re.I,
)


def strings(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{where}[{key}]")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{where}[{number}]")


@cache
def said() -> tuple[tuple[str, str], ...]:
    """Every text in messages.py with the name it has there."""
    names = [name for name in vars(m) if name.isupper()]
    return tuple(found for name in names for found in strings(getattr(m, name), name))


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))


def message_name(node: ast.AST) -> str | None:
    """`TITLE` for the expression `m.TITLE`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "m":
        return node.attr
    return None


def test_there_is_much_to_check() -> None:
    assert len(said()) > 300
    assert len(trees()) > 50


def test_no_sentence_raises_its_voice() -> None:
    assert [where for where, text in said() if "!" in text] == []


def test_no_sentence_presses_the_reader() -> None:
    pressing = re.compile(r"\b(should(n't)?|ought|have to|must(n't)?)\b", re.I)
    assert [w for w, text in said() if pressing.search(text) and not w.startswith(OF_FILES)] == []
    assert [w for w, text in said() if re.search(r"\byou (must|should|ought)", text, re.I)] == []


def test_every_sentence_is_spelt_the_british_way() -> None:
    assert AMERICAN.findall("no color to realize, colour to realise") == [("color", ""), ("realize", "real")]
    assert [where for where, text in said() if AMERICAN.search(text)] == []


def test_no_sentence_promises_praises_or_scores() -> None:
    words = re.compile(
        r"\b(streak|score|badge|well done|great job|congratulations|never too late|will get better)\b", re.I
    )
    assert [where for where, text in said() if words.search(text)] == []


def test_every_sentence_can_be_filled_in() -> None:
    for where, text in said():
        filled = text.format(**{field: f"<{field}>" for field in fields(text)})
        assert all(f"<{field}>" in filled for field in fields(text)), where


def test_what_is_filled_in_is_what_the_sentence_asks_for() -> None:
    checked = 0
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
                continue
            name = message_name(node.func.value)
            if name:
                given = {keyword.arg for keyword in node.keywords}
                assert given == fields(getattr(m, name)), f"{path.name}:{node.lineno} {name}"
                checked += 1
    assert checked > 80


def test_every_message_is_said_somewhere() -> None:
    used = {message_name(node) for _, tree in trees() for node in ast.walk(tree)}
    assert [name for name in vars(m) if name.isupper() and name not in used] == []


def is_sentence(text: str) -> bool:
    """A capital, a space and a full stop, question mark or colon; not SQL."""
    text = text.strip()
    return " " in text and text.endswith((".", "?", ":")) and bool(re.match(r"[A-ZÀ-Ý]([a-z’']| )", text))


@pytest.mark.parametrize("text", ["Say it again.", "A day of {day}?", "What’s new:", "I am."])
def test_a_sentence_is_known_when_it_is_seen(text: str) -> None:
    assert is_sentence(text)
    assert not is_sentence("SELECT * FROM bond WHERE id = ?")


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no docstring."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_to_the_reader_lives_outside_messages(room: str) -> None:
    inside = [(path, tree) for path, tree in trees() if path.is_relative_to(PACKAGE / room)]
    assert inside
    assert [
        f"{path.name}:{line} {text}" for path, tree in inside for line, text in literals(tree) if is_sentence(text)
    ] == []


def test_every_command_has_help_with_an_example_of_itself() -> None:
    for name, text in m.HELP.items():
        assert f"\n\nExample: mother-bond {name}" in text
    assert {name for group in m.COMMAND_GROUPS.values() for name in group} == set(m.HELP)


@pytest.mark.parametrize(("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert m.count(number, m.DAY_WORD) == words


def test_every_value_that_is_shown_has_its_words() -> None:
    from mother_bond.domain.bond import Contact, Role, They
    from mother_bond.domain.entry import StepState
    from mother_bond.domain.line import EntryKind
    from mother_bond.domain.prompt import Stage
    from mother_bond.library.choose import Why

    assert set(m.CONTACT_WORDS) == set(Contact)
    assert set(m.ROLE_WORDS) == set(m.SIDES) == set(m.ASK_NAME) == set(m.ASK_CALL) == set(m.CONTACTS) == set(Role)
    assert all({key for key, _ in options} == set(Contact) for options in m.CONTACTS.values())
    assert {key for key, _ in m.THEYS} == set(They)
    assert {key for key, _ in m.STEP_STATES} == set(StepState)
    assert set(m.KINDS) == set(EntryKind)
    assert set(m.STAGES) == set(m.STAGE_WHY) == set(Stage)
    assert set(m.BECAUSE) == set(Why)
