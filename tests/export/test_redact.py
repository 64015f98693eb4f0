"""Nothing planted is left; nothing else changes; the same twice; no text takes long."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from functools import cache
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import capitals, demo_journal
from mother_bond.domain.bond import Bond, Role
from mother_bond.export import redact as of
from mother_bond.export.named import MARKS, Names
from mother_bond.export.redact import known, redact, redact_all

CAPITALS = capitals()
SON = Bond("1", Role.MOTHER, "Daniel", "my son")
MUM = Bond("2", Role.CHILD, "Mum", "Mum")
OWN = [
    "Effie",
    "Gran = [my grandmother]",
    "Zoë",
    "Elizabeth",
    "Rose",
    "Mary Jane",
    "Petrol =",
    "小明",
    "Anne-Marie Cole",
]
NAMES = known([SON], OWN, CAPITALS)
BARE = known([MUM], [], CAPITALS)
CHILD, NAME, PLACE = "[my child]", "[a name]", "[a place]"

FIRST_NAMES = """
Aaliyah Agnieszka Ahmed Anika Bartholomew Birgit Björn Caoimhe Chidi Chloë Çağla Dmitri Efua Eilidh Fatima Giovanni
Guðrún Hamza Hiroshi Ingrid Jürgen Kavita Kwame Lakshmi Leszek Łukasz Mei Mehmet Mireille Ngozi Nguyen Niamh
Oluwaseun Padraig Priya Rhiannon Rodrigo Saoirse Siobhán Søren Svetlana Tariq Tomasz Ursula Vikram Wojciech Xiomara
Yevgenia Yusuf Zeynep
""".split()
PLACES = """Aberystwyth Bologna Brașov Chișinău Düsseldorf Edinburgh Gdańsk Huddersfield Inverness Kraków Lagos
Leicester Málaga Nairobi Oslo Pontypridd Reykjavík São-Paulo Tromsø Wolverhampton""".split()
WORDS_TOO = ["Mark", "Grace", "Hope", "Dawn", "Penny"]


@cache
def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("øØłŁðÐ", "oOlLdD")))
    return "".join(ch for ch in plain if unicodedata.category(ch) not in {"Mn", "Cf"}).casefold()


def left(name: str, texts: tuple[str, ...], *, ending: str = r"(?:s|es|'s)?") -> list[str]:
    """Where a name still stands, without regard to case and accents."""
    found = re.compile(rf"(?<![^\W_]){re.escape(folded(name))}{ending}(?![^\W_])")
    return [text for text in texts if found.search(folded(text))]


def demo(role: Role) -> list[str]:
    lines = demo_journal(role).read_text("utf-8").splitlines()
    return [answer["text"] for line in lines for answer in json.loads(line)["answers"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I rang Daniel.", f"I rang {CHILD}."),
        ("i rang daniel", f"i rang {CHILD}"),
        ("DANIEL'S coat, Daniel’s coat", f"{CHILD}'S coat, {CHILD}’s coat"),
        ("Daniel'd go, he'll go, Daniel'll go", f"{CHILD}'d go, he'll go, {CHILD}'ll go"),
        ("I know two Daniels. the Effies' coats", f"I know two {CHILD}. the {NAME}' coats"),
        ("ex-Daniel and Daniel-like and anti-effie", f"ex-{CHILD} and {CHILD}-like and anti-{NAME}"),
        ("“Daniel” ‘Daniel’ 'Daniel' (Daniel) _Daniel_", f"“{CHILD}” ‘{CHILD}’ '{CHILD}' ({CHILD}) _{CHILD}_"),
        ("Zoe, ZOË, Zoe\u0308 and Zoë's", f"{NAME}, {NAME}, {NAME} and {NAME}'s"),
        ("Da\u200bni\u00adel \u2060Daniel 𝐃𝐚𝐧𝐢𝐞𝐥 Ｄａｎｉｅｌ", f"{CHILD} \u2060{CHILD} {CHILD} {CHILD}"),
        ("dan, Danny, Dani, DANNY'S, dannys", f"{CHILD}, {CHILD}, {CHILD}, {CHILD}'S, {CHILD}"),
        ("Liz and lizzie and Beth and Betty", " and ".join([NAME] * 4)),
        ("we dance, a dandy, a rosette, mumble", "we dance, a dandy, a rosette, mumble"),
        ("Gran's chair, my gran", "[my grandmother]'s chair, my gran"),
        ("Rose rose. The rose for Rose.", f"{NAME} rose. The rose for {NAME}."),
        ("rose rang, no capitals here", f"{NAME} rang, no capitals here"),
        ("Mary-Jane, mary jane, maryjane and Mary", f"{NAME}, {NAME}, {NAME} and {NAME}"),
        ("Anne-Marie rang. anne marie cole's, COLE", f"{NAME}-{NAME} rang. {NAME}'s, {NAME}"),
        ("Petrol, and Petrol again.", "Petrol, and Petrol again."),
        ("我跟小明说", f"我跟{NAME}说"),
        ("Don't, Won’t, I'd, o'clock", "Don't, Won’t, I'd, o'clock"),
    ],
)
def test_listed_names_go_in_every_form(text: str, expected: str) -> None:
    assert redact(text, NAMES).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I saw Claire. Then Claire's car.", f"I saw {NAME}. Then {NAME}'s car."),
        ("Keith rang. Effie slept.", f"{NAME} rang. {NAME} slept."),
        ("She rang Mark. Mark was out.", f"She rang {NAME}. {NAME} was out."),
        ("She rang Claire, i like claire", f"She rang {NAME}, i like {NAME}"),
        ("He said, 'Claire is ill.' He said 'Come.'", f"He said, '{NAME} is ill.' He said 'Come.'"),
        ("with Mr Jones, Dr. Shah and Mrs O'Brien", f"with {NAME}, {NAME} and {NAME}"),
        ("mrs patel rang, mr baker too", f"{NAME} rang, {NAME} too"),
        ("Auntie Glenys and Uncle Joe and Aunt", f"Auntie {NAME} and Uncle {NAME} and Aunt"),
        ("by Jean-Luc Picard and J.K. Rowling", f"by {NAME} and {NAME}"),
        ("with B. and her T-shirt, plan B, the B&Q", f"with {NAME}. and her T-shirt, plan B, the B&Q"),
        ("He lives in New Zealand, near Rio de Janeiro.", f"He lives in {PLACE}, near {PLACE}."),
        ("I wrote to Leeds. We were in Leeds.", f"I wrote to {PLACE}. We were in {PLACE}."),
        ("in Claire's kitchen, to Claire, Claire", f"in {NAME}'s kitchen, to {NAME}, {NAME}"),
        ("learning Portuguese from the Germans", "learning [a people or language] from the [a people or language]"),
        (
            "On Monday in May, at Christmas, New Year's Eve, Mum said God, I am OK on WhatsApp with Dad.",
            "On Monday in May, at Christmas, New Year's Eve, Mum said God, I am OK on WhatsApp with Dad.",
        ),
        ("I was SO angry. so I SAID no. Sundays too.", "I was SO angry. so I SAID no. Sundays too."),
        ("I MISS KEITH SO MUCH", f"I MISS {NAME} SO MUCH"),
        ("Nobody of theirs. Yesterday was long.", "Nobody of theirs. Yesterday was long."),
        ("Mark Green rang.", f"{NAME} rang."),
        ("I asked Will. WILL you? I WILL.", f"I asked {NAME}. WILL you? I WILL."),
        ("Mr. and Mrs. Smith, the Smiths'", f"Mr. and {NAME}, the {NAME}'"),
        ("on Church Lane, at Canary Wharf", "on [an address], at [an address]"),
        ("We like St Ives and Saint David.", f"We like {NAME} and {NAME}."),
    ],
)
def test_other_names_are_told_by_their_capital(text: str, expected: str) -> None:
    assert redact(text, BARE).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 12 Acacia Avenue, now", "at [an address], now"),
        ("Flat 3, 221B Baker Street it was", "[an address] it was"),
        ("14a elm road and SW1A 1AA or m1 1ae", "[an address] and [an address] or [an address]"),
        ("on Acacia Lane, at Hauptstraße 5, Rua do Carmo 12", "on [an address], at [an address], [an address]"),
        ("IL 62704 or NY 10001-1234", "[an address] or [an address]"),
        ("at K1A 0B1, D02 X285 or 00-950", "at [an address], [an address] or [an address]"),
        ("see bit.ly/3xY, and/or e.g. this", "see [a web page], and/or e.g. this"),
        ("20 miles down the road", "20 miles down the road"),
        ("mail a.b+c@mail.example.org.", "mail [an e-mail]."),
        ("see https://a.example/b?c=d, www.x.org/y) or foo.co.uk", "see [a web page], [a web page]) or [a web page]"),
        ("ask @dan_33 or #TeamDan", "ask [an account] or [an account]"),
        ("ring +44 (0)161 496-0000 or 07700 900123", "ring [a number] or [a number]"),
        (
            "on 3/4/1989, 2019-03-02, 3rd of May 1989, May 3rd, 5 Jan",
            "on [a date], [a date], [a date], [a date], [a date]",
        ),
        ("at 5.30, 17:45, 5pm, 5.30 p.m., 6 o'clock", "at [a time], [a time], [a time], [a time], [a time]"),
        (
            "£20, 20 pounds, $1,200.50, £3 million, 50p",
            "[an amount], [an amount], [an amount], [an amount], [an amount]",
        ),
        (
            "aged 34, a 34-year-old, turned 7, the 80s",
            "aged [an age], a [an age]-year-old, turned [an age], the [an age]",
        ),
        ("He is 33. She's 61, too.", "He is [a number]. She's [a number], too."),
        ("in 2019, the 1990s, summer of '98", "in [a year], the [a year], summer of [a year]"),
        (
            "number 12, ward 7, 12345, AB123456C, 3,000",
            "number [a number], ward [a number], [a number], [a number], [a number]",
        ),
        ("on 2 March. At 10am. In the '90s", "on [a date]. At [a time]. In the [a year]"),
        ("two, 3 and 12, 24/7, 50/50, 10 minutes, 4-5 times", "two, 3 and 12, 24/7, 50/50, 10 minutes, 4-5 times"),
        ("the 22nd", "the [a number]"),
        ("١٢٣٤٥ and １２３４", "[a number] and [a number]"),
    ],
)
def test_numbers_and_addresses_go(text: str, expected: str) -> None:
    assert redact(text, BARE).text == expected


def test_what_was_replaced_is_counted_longest_first_and_doubtful_words_are_named() -> None:
    found = redact_all(["Grace came. Danny and Danny.", "I asked Daniel."], NAMES)
    assert found.replaced == (("Daniel", CHILD, 1), ("Danny", CHILD, 2))
    assert found.unsure == ("Grace",)


def test_a_name_seen_in_one_text_is_a_name_in_all() -> None:
    assert redact_all(["Grace came.", "I told Grace."], NAMES).texts == (f"{NAME} came.", f"I told {NAME}.")


def test_two_children_are_told_apart_and_a_role_is_no_name() -> None:
    two = known([SON, SON._replace(id="3", name="Claire"), MUM], ["= x", " "], CAPITALS)
    assert redact("Dan and Claire and Mum", two).text == "[my child 1] and [my child 2] and Mum"
    called = known([MUM._replace(name="Mum", call="my Bożena")], [], CAPITALS)
    assert redact("bozena", called).text == "[my mother]"


def test_marks_of_ones_own_get_brackets_and_stay() -> None:
    own = known([], ["Kim = the [neighbour]\0"], CAPITALS)
    assert redact("Kim's dog", own).text == "[the neighbour]'s dog"
    assert redact("[the neighbour]'s dog", own).text == "[the neighbour]'s dog"


LISTED = {name: known([SON._replace(name=name)], [], CAPITALS) for name in ("Will", "May", "Hope", "Tad", "William")}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Will", "Will rang. Will's coat. I told Will.", f"{CHILD} rang. {CHILD}'s coat. I told {CHILD}."),
        ("Will", "Will you come? I will. WILL YOU? I WILL.", "Will you come? I will. WILL YOU? I WILL."),
        ("Will", "Will my day be long? Where there's a will.", "Will my day be long? Where there's a will."),
        ("Will", "i told will that i will. will he? will rang", f"i told {CHILD} that i will. will he? {CHILD} rang"),
        ("Will", "I TOLD WILL. WILL'S COAT.", f"I TOLD {CHILD}. {CHILD}'S COAT."),
        ("William", "Will rang. Will you? I will. Bill's here", f"{CHILD} rang. Will you? I will. {CHILD}'s here"),
        ("May", "In May I met May. By late May she came.", f"In May I met {CHILD}. By late May she came."),
        ("May", "May I? May rang. It may be May.", f"May I? {CHILD} rang. It may be {CHILD}."),
        ("Hope", "Hope you are well. Hope came. No hope.", f"Hope you are well. {CHILD} came. No hope."),
        ("Hope", "i hope so. hope rang. the hope of it", f"i hope so. {CHILD} rang. the hope of it"),
        ("Tad", "Tad rang. A tad late, Tad was.", f"{CHILD} rang. A tad late, {CHILD} was."),
    ],
)
def test_a_name_that_is_a_word_goes_where_it_is_a_name(name: str, text: str, expected: str) -> None:
    assert redact(text, LISTED[name]).text == expected


def test_a_part_of_a_name_that_is_a_small_word_counts_alone() -> None:
    assert redact("Will rang.", known([SON._replace(name="Will Smith")], [], CAPITALS)).text == f"{CHILD} rang."
    assert redact("Will rang.", known([], ["Will Smith"], CAPITALS)).text == f"{NAME} rang."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with Dan-\niel and da-\n  niel", f"with {CHILD} and {CHILD}"),
        ("to Eliza-\r\nbeth and Eliza-\nbeth's", f"to {NAME} and {NAME}'s"),
        ("Mary\nJane, Mary-\nJane, Anne-\nMarie\nCole", f"{NAME}, {NAME}, {NAME}"),
        ("a ros-\nette, mum-\nbling, da-\nndy", "a ros-\nette, mum-\nbling, da-\nndy"),
    ],
)
def test_a_name_that_is_parted_by_the_end_of_a_line_goes(text: str, expected: str) -> None:
    assert redact(text, NAMES).text == expected


PIECES = """Daniel dan Danny Effie Zoë Claire Mark Grace rose Rose Mr mrs Dr St. May in to at of de the The I I'd don't
B plan Plan T-shirt O'Brien Jean-Luc Street road 12 3rd 2019 5.30 £5 a@b.org @dan www.x.org SW1A 1AA [a [Claire]
[a\u00a0name] [my\u00a0child] ' " ’ “ . ... ! ? , ; : – - \n \u200b \u0301 's ’s S 小明 ﬁ ½ ß İ aged is +44 100
Portuguese polish WILL petrol Petrol zog Zog ZOG
will Will May may hope Hope hopes In in told you she Da- niel""".replace("\n", " ").split(" ")
WORDS = known([SON._replace(name="Will")], ["May", "Hope", "Rose", "Grace"], CAPITALS)
TEXTS = st.lists(st.sampled_from([p.replace("\u00a0", " ") for p in PIECES]) | st.text(max_size=5), max_size=25)
SPACED = st.tuples(TEXTS, st.sampled_from(["", " "])).map(lambda both: both[1].join(both[0]))


@given(st.lists(SPACED, max_size=3))
def test_what_is_redacted_stays_as_it_is(texts: list[str]) -> None:
    for names in (NAMES, WORDS):
        once = redact_all(texts, names).texts
        assert redact_all(once, names) == (once, (), redact_all(once, names).unsure)


@given(SPACED)
def test_nothing_else_changes(text: str) -> None:
    text = text.replace("[", "(")
    page = of._Page(text, NAMES)
    page.replace_unlisted(of._seen([page], NAMES))
    redacted, pieces = page.finished()
    assert redacted == redact(text, NAMES).text
    between = re.split("|".join(map(re.escape, NAMES.marks)), redacted)
    assert len(between) == len(pieces) + 1
    assert "".join(x for pair in zip(between, [*(p for p, _ in pieces), ""], strict=True) for x in pair) == text


@given(st.text())
def test_a_name_is_found_between_any_two_marks_of_punctuation(text: str) -> None:
    kept = "".join(ch for ch in text if unicodedata.category(ch)[0] in "PZ" and ch not in "@#[]_/\\%&")
    assert not left("Daniel", (redact(f"{kept} Daniel {kept}", NAMES).text,))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *("a", "A", "1", "1 ", "1.", "1/", "Aa ", "Aa-", "a@", "@", "a.", "www.", "www.,", "'", "('", ".'"),
        *("-", "[a name", "[", "Daniel ", "Mary Jane ", "Mr ", "12 Elm ", "12 elm ", "flat 1, ", "e\u0301"),
        *("\u200b", "\u0301", "A.", "of ", "Aa of ", "1.1 ", "1-", "(1", "1st ", "a-", "x_", "St. ", "1:"),
        *("$1.", "www.a", "@a.", "B ", "a'", "'s", "1a", "£1", "May ", "1 May ", "\x00", "\n", "No. ", "小"),
        *("S's ", "a.a", "1 1a ", "1,", "1 k ", "aged ", "+1", "((1", "A1 "),
    ],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    began = time.process_time()
    redact(text, NAMES)
    redact(text + "!", BARE)
    assert time.process_time() - began < 2


def planted(texts: list[str], names: list[str], places: list[str]) -> list[str]:
    """Every text with names in all forms and at all positions, and what else says where somebody is."""
    name, place = cycle(names), cycle(places)
    out = []
    for number, text in enumerate(texts):
        a, b, c, d, e, f, g = islice(name, 7)
        p, q = islice(place, 2)
        sentences = [
            f"{a} rang me at night, and I thought of {b}.",
            f"“{c}?” I said, and then ‘{d}, wait’ to {e}’s back.",
            f"It was {f}'s coat, not {g.upper()}’S, and the two {a}s laughed at {b.lower() if number % 2 else b}, {c}!",
            f"We live in {p} (near {q}); {d}'ll write, {e}-like, to {unicodedata.normalize('NFD', f)}…",
            f"It is {g[:2]}\u200b{g[2:]}, at 14 Wisteria Grove, AB1 2CD, or {q}?",
            f"Write to x.{folded(a)}@mail.example.org, ring +44 7700 900123 or 0161-496-0000 before 12/11/1961.",
        ]
        middle = text.find(". ") + 2 if ". " in text else len(text)
        out.append(f"{sentences[number % 6]} {text[:middle]} {' '.join(sentences)} {text[middle:]}")
    return out


def a_demo_with(role: Role, names: list[str], places: list[str], own: list[str]) -> tuple[tuple[str, ...], Names]:
    bond = SON if role is Role.MOTHER else MUM
    listed = known([bond], own, CAPITALS)
    return redact_all(planted(demo(role), names, places), listed).texts, listed


@pytest.mark.parametrize("role", Role)
def test_of_what_is_planted_into_the_demo_journals_nothing_is_left(role: Role) -> None:
    own = FIRST_NAMES[::2] + PLACES[::2]
    texts, _ = a_demo_with(role, FIRST_NAMES, PLACES, own)
    rest = {name: found for name in FIRST_NAMES + PLACES if (found := left(name, texts))}
    assert not rest, {name: found[0] for name, found in rest.items()}
    for trace in ("example.org", "900123", "7700", "0161", "496", "1961", "wisteria", "ab1 2cd"):
        assert not [text for text in texts if trace in folded(text)], trace


@pytest.mark.parametrize("role", Role)
def test_pet_names_of_listed_names_are_found_in_the_demo_journals(role: Role) -> None:
    pets = {
        "Elizabeth": "Liz Lizzie Beth Betty", "Margaret": "Maggie Meg Peggy", "Thomas": "Tommy",
        "Robert": "Robbie Bert", "Bartholomew": "Bart Barty", "Svetlana": "Svet Sveti", "Rebecca": "Becky Becca",
        "Samuel": "Sam Sammy",
    }  # fmt: skip
    forms = [form for text in pets.values() for form in text.split()]
    texts, listed = a_demo_with(role, forms, PLACES, [*pets, *PLACES])
    assert not [form for form in forms if left(form, texts)]
    if role is Role.MOTHER:
        assert redact("dan, Danny’s, DANI, dannys", listed).text == f"{CHILD}, {CHILD}’s, {CHILD}, {CHILD}"


def test_names_that_stand_nowhere_but_at_the_start_of_sentences() -> None:
    """Those that are English words are left, and named as unsure; every other one goes."""
    starts = [f"{name} rang me. It was late." for name in FIRST_NAMES + PLACES + WORDS_TOO]
    done = redact_all([*demo(Role.MOTHER), *starts], BARE)
    slipped = [name for name in FIRST_NAMES + PLACES + WORDS_TOO if left(f"{name} rang me", done.texts, ending="")]
    assert slipped == WORDS_TOO
    assert set(WORDS_TOO) <= set(done.unsure)


REAL = "Daniel Claire Marta Keith Lee Sam Joe Lisbon Effie Glenys Marian Owen Nia France Wales Germans B".split()


@pytest.mark.parametrize("role", Role)
def test_ordinary_words_of_the_demo_journals_stay(role: Role) -> None:
    """At most one word in a thousand is taken for a name and is none; and no real one is left."""
    texts = demo(role)
    done = redact_all(texts, BARE)
    real = {*REAL, "New Zealand"}
    wrong = [(what, times) for what, mark, times in done.replaced if what not in real and not re.search(r"\d", what)]
    words = sum(len(text.split()) for text in texts)
    assert sum(times for _, times in wrong) * 1000 <= words, (wrong, words)
    assert not [name for name in real - {"B"} if left(name, done.texts)]


def test_every_mark_is_in_brackets_and_none_holds_another() -> None:
    assert all(re.fullmatch(r"\[[a-z -]+\]", mark) for mark in MARKS)
