"""`export --redact`, as it is typed: shown before it is written, private unless shared, and nothing planted is left."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from itertools import count, cycle, islice
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from mother_bond import messages as m
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Bond, Role
from mother_bond.errors import ExitCode
from mother_bond.storage import bonds
from tests.made import noted
from tests.programs import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mother_bond.storage.store import Store
    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

WRITTEN = "I rang Daniel at 14 Elm Road and told Glenys about it, and then I sat down for a while."
GIVEN = "I rang [my child] at [an address] and told [a name] about it, and then I sat down for a while."


def read(path: Path) -> str:
    """What a reader of the file can see or copy, without markup."""
    if path.suffix == ".pdf":
        pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
        text = " ".join(page.extract_text() for page in pages)
    else:
        text = path.read_text("utf-8")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<[^>]*>", " ", text.partition("</style>")[2]))
    return re.sub(r"\\([^\w\s])", r"\1", text) if path.suffix == ".md" else text


def named(home: Path, *names: str) -> None:
    """Put names into the writer's own list."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(f"names = {json.dumps(names, ensure_ascii=False)}\n", "utf-8")


@pytest.fixture
def note(store: Store, bond: Bond, run: Run) -> str:
    """The short id of an answer that may be handed on."""
    ref = noted(store, bond, "2026-03-01", WRITTEN, cause="safest-place", question="What was that day with Daniel?").ref
    assert run("share", f"{ref}.1").code == 0
    return f"{ref}.1"


# --- before it is written ------------------------------------------------------------------


@pytest.mark.parametrize(("key", "code"), [("yes", ExitCode.OK), ("no", ExitCode.UNCONFIRMED)])
def test_at_a_terminal_what_is_replaced_is_shown_and_then_asked(note: str, tmp_path: Path, key: str, code: int) -> None:
    file = tmp_path / "for-her.md"
    with Terminal("export", str(file), "--redact") as terminal:
        terminal.expect("Quoted: 1 answer")
        terminal.expect("14 Elm Road → [an address]")
        terminal.expect("Glenys → [a name]")
        terminal.expect(m.REDACT_READ[-24:])
        terminal.expect(m.REDACT_ASK)
        assert not file.exists()
        terminal.send(f"{[name for name, _ in m.REDACT_CHOICES].index(key) + 1}\r")
        assert terminal.end() == code
    assert file.exists() == (code == ExitCode.OK)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name] * file.exists()


@pytest.mark.parametrize("more", [[], ["--plain"]])
@pytest.mark.parametrize("kind", ["md", "html", "pdf"])
def test_with_nobody_to_ask_nothing_is_written(note: str, tmp_path: Path, kind: str, more: list[str]) -> None:
    done = program("export", str(tmp_path / f"a.{kind}"), "--redact", *more, given="yes\n2\n")
    assert (done.code, done.out) == (ExitCode.UNCONFIRMED, "")
    assert "Glenys → [a name]" in done.err
    assert m.REDACT_NOT in done.err
    assert m.REDACT_HINT in done.err
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_to_standard_output_nothing_is_given_out_before_it_is_agreed_to(note: str) -> None:
    refused = program("export", "-", "--redact")
    assert (refused.code, refused.out) == (ExitCode.UNCONFIRMED, "")
    agreed = program("export", "-", "--redact", "--yes")
    assert agreed.code == ExitCode.OK
    assert "Glenys" not in agreed.out
    assert "Glenys → [a name]" in agreed.err


def test_yes_does_not_ask_and_still_shows(note: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    ran = run("export", str(file), "--redact", "--yes")
    assert (ran.code, ran.out) == (ExitCode.OK, "")
    assert m.REDACT_ASK not in ran.err
    shown = ran.err.splitlines()
    assert shown[0] == m.REDACT_QUOTED.format(answers="1 answer")
    assert shown[1] == m.REDACT_SHOWN
    assert "  Daniel → [my child], 3 times" in shown
    assert shown[-2:] == [m.REDACT_READ, m.EXPORTED.format(file=file)]
    assert GIVEN in read(file)


def test_a_file_that_is_there_is_found_before_anything_is_asked(note: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("mine")
    done = program("export", str(file), "--redact", "--yes")
    assert done.code == ExitCode.EXISTS
    assert m.REDACT_SHOWN not in done.err
    assert file.read_text() == "mine"


# --- what is in it -------------------------------------------------------------------------


def exported(run: Run, file: Path, *more: str) -> str:
    """The redacted summary as it is read; a file that was there is written over."""
    ran = run("export", str(file), "--redact", "--yes", "--force", *more)
    assert ran.code == ExitCode.OK, ran.err
    return read(file)


def test_an_answer_is_quoted_as_long_as_it_is_marked(note: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    assert GIVEN in exported(run, file)
    run("share", note, "--private")
    assert "I sat down" not in exported(run, file)
    assert m.REDACT_UNQUOTED in run("export", str(file), "--redact", "--yes", "--force").err
    run("share", note)
    assert GIVEN in exported(run, file)
    run("edit", note, given=WRITTEN.replace("sat", "lay"))
    assert "for a while" not in exported(run, file)


@pytest.mark.parametrize("reader", ["me", "counsellor"])
def test_every_marked_answer_is_quoted_whole_and_once(
    store: Store, bond: Bond, run: Run, tmp_path: Path, reader: str
) -> None:
    needs, asks = "emotional-debt.mother.tend.01", "individuation.mother.look-again.02"
    texts = [
        "Short.",
        "Was it the rain? I do not know. " + "And so it went on and on. " * 30,
        "An hour a week, no more.",
    ]
    for number, (text, prompt) in enumerate(zip(texts, (None, asks, needs), strict=True)):
        cause = prompt.partition(".")[0] if prompt else None
        made = noted(store, bond, f"2026-03-0{number + 1}", text, cause=cause, prompt=prompt)
        assert run("share", f"{made.ref}.1").code == 0
    noted(
        store, bond, "2026-03-05", "Was this one mine to keep? I think so, and for that I left it as it was.", cause="x"
    )
    text = " ".join(exported(run, tmp_path / "a.md", "--for", reader).replace(">", " ").split())
    assert [text.count(" ".join(one.split())) for one in texts] == [1, 1, 1]
    assert text.count("Was it the rain") == 1
    assert "mine to keep" not in text
    assert m.SUMMARY_SHARED[reader] in text


def test_steps_are_counted_and_their_words_stay(run: Run, tmp_path: Path) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    assert run("steps", "take", "self-kindness", "--plain", given=".\n").code == 0
    assert "self-kind" not in exported(run, tmp_path / "a.md")
    plan = json.loads(run("export", "-", "--format", "jsonl").out)["step"]["plan"]
    assert plan in run("export", "-").out
    assert plan not in exported(run, tmp_path / "b.md")
    assert m.SUMMARY_STEPS_COUNTED[0] in exported(run, tmp_path / "c.md")


def test_without_words_the_headings_name_the_other_unless_it_is_redacted(note: str, run: Run, tmp_path: Path) -> None:
    plain = run("export", "-", "--without-words").out
    assert "## Daniel (my son)" in plain
    assert "Glenys" not in plain
    text = exported(run, tmp_path / "a.md", "--without-words")
    assert "## [my child] (my son)" in text
    assert "I sat down" not in text
    assert "Daniel" not in text


def test_the_names_of_every_bond_go_also_of_one_put_away(store: Store, note: str, run: Run, tmp_path: Path) -> None:
    ids = (f"01HZZZZZZZZZZZZZZZZZZZZZZ{n}" for n in count())
    bonds.put(store, Bond(next(ids), Role.MOTHER, "wilhelmina", "my daughter", put_away=True))
    bonds.put(store, Bond(next(ids), Role.CHILD, "Mum", "Bożena"))
    run("edit", note, given="then daniel and wilhelmina and bozena and minnie sat there, all in small letters")
    run("share", note)
    text = exported(run, tmp_path / "a.md", "--bond", "Daniel")
    assert "then [my child 2] and [my child 1] and [my mother] and [my child 1] sat there" in text


def test_the_programs_own_sentences_and_days_stay(
    note: str, run: Run, store: Store, bond: Bond, tmp_path: Path
) -> None:
    bonds.put(store, bond._replace(name="May", call="April"))
    text = exported(run, tmp_path / "a.md", "--cause", "safest-place", "--for", "me")
    assert "Only entries on one theme: The safest place gets the storm." in text
    assert "From Sunday 1 March 2026 to Sunday 1 March 2026: 1 entry on 1 day." in text
    assert "The safest place gets the storm, Sunday 1 March 2026" in text
    assert "## [my child]\n" in text
    assert m.SUMMARY_REDACTED in text


# --- nothing planted is left ---------------------------------------------------------------

NAMES = ["Effie", "Zoë", "Siobhán", "Elizabeth", "Jean-Luc", "Rose", "Will", "Anne-Marie Cole", "O'Hanlon", "Łukasz"]
FORMS = {
    "Effie": "Effie EFFIE effie Effies Effie's",
    "Zoë": "Zoë Zoe ZOË zoe Zoë’s",
    "Siobhán": "Siobhán Siobhan SIOBHÁN’S siobhans",
    "Elizabeth": "Elizabeth Lizzie Betty Beth Liz's",
    "Jean-Luc": "Jean-Luc jean-luc JEAN-LUC Jean-Luc's",
    "Rose": "Rose Rosie Rose's",
    "Will": "Will Will's",
    "Anne-Marie Cole": "Anne-Marie Cole Cole's anne-marie",
    "O'Hanlon": "O'Hanlon O’Hanlons O’HANLON o'hanlon",
    "Łukasz": "Łukasz Lukasz LUKASZ łukasz's",
}
"""The writer's list, and how each of it is written somewhere."""

OWN = {Role.MOTHER: "Daniel Danny dan DANIEL’S Dani dannys", Role.CHILD: "Bożena Bozena BOŻENA bożena’s"}
UNLISTED = "Gwendolen Tariq Ngozi Wojciech Xiomara Pádraig".split(" ")
PLACES = "Todmorden Aberystwyth Kraków Tromsø Bologna Lagos".split(" ")
TRACES = {
    "ring +44 (0)7700 900123 or (0161) 496 0000 or 07700900456": ["900123", "7700", "0161", "496", "900456"],
    "write to x.planted@mail.example.org, see https://planted.example/p?q=1 or bit.ly/planted": ["planted", "example"],
    "at 14 Wisteria Grove, Flat 3, 221B Laburnum Street, AB1 2CD, or K1A 0B1, or D02 X285": [
        *("wisteria", "laburnum", "221b", "ab1 2cd", "k1a", "0b1", "d02", "x285"),
    ],
    "born 12/11/1961, on the 3rd of May 1962, at 5.30, aged 58, for £1,250": ["1961", "1962", "5.30", "58", "1,250"],
    "on Bellweather Road with @planted and #planted, ward 7, AB123456C": ["bellweather", "planted", "ab123456c"],
}
"""What else says where or who somebody is, and what must not be left of it."""


def sentences(role: Role) -> Iterator[str]:
    """Sentences with everything planted, in turn and without end."""
    forms = cycle([form for text in (*FORMS.values(), OWN[role]) for form in text.split(" ")])
    others, places, traces = cycle(UNLISTED), cycle(PLACES), cycle(TRACES)
    for number in count():
        a, b, c, d = islice(forms, 4)
        broken = ["Effie", "Elizabeth", "Siobhán", "Łukasz"][number % 4]
        half = len(broken) // 2
        yield (
            f"Then {a} rang, “{b}” I said, and {c}-like it was with {d}. I met {next(others)} in {next(places)}"
            f" and said so to {broken[:half]}-\n{broken[half:]}, and the Anne-\nMarie of then, and Anne\nMarie\nCole;"
            f" {next(traces)}. It was {unicodedata.normalize('NFD', 'Zoë')}, of all people."
        )


def planted(role: Role) -> Iterator[dict[str, Any]]:
    """The made-up journal: every other answer is shared and holds what is planted; the rest hold a secret."""
    said, number = sentences(role), count()
    for line in demo_journal(role).read_text("utf-8").splitlines():
        data = json.loads(line)
        if role is Role.CHILD:
            data["bond"]["call"] = "Bożena"
        for answer in data["answers"]:
            if next(number) % 2:
                answer["text"] = f"{next(said)} {answer['text']} {next(said)}"
                answer["shared"] = True
            else:
                answer["text"] += " The xylophone is private."
        if "step" in data:
            data["step"]["plan"] += " With Effie and the xylophone."
        yield data


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁøØ", "lLoO")))
    return "".join(ch for ch in plain if unicodedata.category(ch) not in {"Mn", "Cf"}).casefold().replace("’", "'")


def standing(name: str, text: str) -> list[str]:
    """Where a name stands in a folded text, in whatever form; by itself or parted at the end of a line."""
    whole = r"(?:-\s*)?".join(map(re.escape, folded(name).replace("-", "")))
    return [
        text[max(0, hit.start() - 40) : hit.end() + 20] for hit in re.finditer(rf"(?<!\w){whole}(?:'?s)?(?!\w)", text)
    ]


@pytest.fixture
def taken_in(run: Run, home: Path, homes: Homes, tmp_path: Path) -> Callable[[Role], None]:
    """Take in a made-up journal in which everything is planted, with the writer's list and a theme of their own."""

    def take(role: Role) -> None:
        lines = list(planted(role))
        lines[-1]["cause"] = "own-theme"
        file = tmp_path / "planted.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        assert run("import", str(file)).code == 0
        named(home, *NAMES)
        (home / "prompts").mkdir()
        pack = (demo_journal(role).parents[2] / "prompts" / "individuation.toml").read_text("utf-8")
        pack = re.sub(r'^name = ".*"', 'name = "Since Effie left with Gwendolen"', pack, count=1, flags=re.M)
        (home / "prompts" / "own-theme.toml").write_text(pack.replace("individuation", "own-theme"), "utf-8")

    return lambda role: homes.lay(home, lambda: take(role), "planted", role)


@pytest.mark.parametrize("kind", ["md", "html", "pdf"])
@pytest.mark.parametrize("role", Role)
def test_of_what_is_planted_into_a_years_journal_nothing_is_left(
    taken_in: Callable[[Role], None], run: Run, tmp_path: Path, role: Role, kind: str
) -> None:
    if kind == "pdf":
        pytest.importorskip("typst")
    taken_in(role)
    file = tmp_path / f"handed.{kind}"
    written = exported(run, file)
    text = folded(written)
    assert len(text.split()) > 5_000, "the shared answers are quoted"
    common = {"Rose", "Will", "Will's"}
    wanted = {form for forms in (*FORMS.values(), OWN[role]) for form in forms.split(" ")} | {*UNLISTED, *PLACES}
    left = {name: found[:3] for name in wanted - common if (found := standing(name, text))}
    assert not left
    assert not [trace for traces in TRACES.values() for trace in traces if re.search(rf"(?<!\w){trace}", text)]
    assert "xylophone" not in text
    assert "since [a name] left with [a name]" in text
    assert not re.findall(r"\b(?:Rose|Rosie|Will)\b(?! (?:you|I|it|he|she|they|we|that|there|the)\b)", written)


def test_the_one_theme_it_is_about_is_named_without_names(
    taken_in: Callable[[Role], None], run: Run, tmp_path: Path
) -> None:
    taken_in(Role.CHILD)
    for more in ([], ["--without-words"]):
        text = exported(run, tmp_path / "a.md", "--cause", "own-theme", *more)
        assert "Only entries on one theme: Since [a name] left with [a name]." in text
        assert not standing("Gwendolen", folded(text))


@pytest.mark.parametrize("role", Role)
def test_of_ordinary_words_hardly_any_is_replaced(run: Run, home: Path, tmp_path: Path, role: Role) -> None:
    """With names that are ordinary words in the list, at most one word in a thousand goes that names nobody."""
    lines = [json.loads(line) for line in demo_journal(role).read_text("utf-8").splitlines()]
    for line in lines:
        for answer in line["answers"]:
            answer["shared"] = True
    file = tmp_path / "shared.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert run("import", str(file)).code == 0
    real = (
        "Daniel Claire Marta Keith Lee Sam Joe Lisbon Effie Glenys Marian Owen Nia France Wales Germans B New".split()
    )
    named(home, "Rose", "Will", "May", "Grace", "Hope", "Mark", "Joy", "Dawn", "Bill", "Faith", "Summer")
    ran = run("export", str(tmp_path / "a.md"), "--redact", "--yes")
    rows = re.findall(r"^  (.+) → (\[.+\])(?:, (\d+) times)?$", ran.err, re.M)
    wrong = [(what, int(n or 1)) for what, _, n in rows if what.split()[0] not in real and not re.search(r"\d", what)]
    words = sum(len(answer["text"].split()) for line in lines for answer in line["answers"])
    assert sum(n for _, n in wrong) * 1000 <= words, (wrong, words)
