"""The key file: two ways to one key, and no third."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf import argon2
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.errors import KeyFileError, LockedError, NewerError
from mother_bond.storage import keyfile, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mother_bond.storage.keyfile import KeyFile, Made

PASSPHRASE = "plum jars by post"
CHEAP: dict[str, dict[str, Any]] = {
    "ARGON": {"kdf": "argon2id", "iterations": 1, "lanes": 1, "memory": 8},
    "SCRYPT": {"kdf": "scrypt", "n": 16, "r": 8, "p": 1},
}
FEW = settings(max_examples=40)
TYPED = st.text(max_size=20)

GOLDEN = {
    "argon2id": (
        """{ "format": "mother-bond-keys/1", "journal": "bf0a25cb93bd37d343aa93e86de55dfe", "slots": [ {
        "kind": "passphrase", "cost": { "kdf": "argon2id", "iterations": 3, "lanes": 4, "memory": 262144 },
        "salt": "eb550689dae659afb0f027dbd72a9b53", "nonce": "e275e66dbe55f6ad5262fbad", "wrapped":
        "cbe8e61c47924e2aea8816365b52ea090f3edebfd458cde3f2cde6cf15c39e4c2075523edc424e658f5157138ca98858" }, {
        "kind": "recovery", "cost": { "kdf": "hkdf-sha256" },
        "salt": "bf7b6b652dca6b69b47f8d1808540f02", "nonce": "56ddbce4e6d3f3eaae6aa4b6", "wrapped":
        "793583222824ff55ee2de866c1396949eb88377bffe83b7008d918d7b1e0a115c6854ebc6f9497cd74efc9234b4742af" } ],
        "seal": "0362269189e554238e7f46fc7331af7f0e9743a6a1c96e858b636f1f2035ba65",
        "mac": "e929fe8915ac86c283025ea39b4afdeb9d2b9a1507421ca3369370c21ed757f3",
        "check": "e57f0e6aa233faccc2842ee7df786a892b1ff214434532055b75d87e4f07f571" }""",
        "XJS4-BYQB-F7GZ-1P5B-Z1WV-1W2R-ZVCF",
        "03c49a194d6d1aaa795a9833a822da591fddbdb5cfc2b9711abbdd49d6372a39",
    ),
    "scrypt": (
        """{ "format": "mother-bond-keys/1", "journal": "9c5f4660541b45acf10450a218c1e9fa", "slots": [ {
        "kind": "passphrase", "cost": { "kdf": "scrypt", "n": 131072, "r": 8, "p": 1 },
        "salt": "1bc06a506dd4093e1463f4c3945b5df4", "nonce": "2c54598f3a7cb31f5489d536", "wrapped":
        "d789ff55bf6b1bc72f5807016f7a2cc84bcb51cf96d650edabd6daee856c17ab5ab07fbb3498e33b862b8ba50804e682" }, {
        "kind": "recovery", "cost": { "kdf": "hkdf-sha256" },
        "salt": "e9607eef820945b7decbd074714b1d2c", "nonce": "c2ac02498af10a1d457ad4d6", "wrapped":
        "82f010a72ddb36937143cafae8e2402885bba07e88cbf4eaa45ddb0b89850d06e9bd5b57505f8bd140ecf02371782e51" } ],
        "seal": "710efe2cfdf2c84f6d52b74d245a7faefc6b2c0486e8022474c59d49162a2756",
        "mac": "198df6fc9c992dbd2c19421679cc9a4592f47d20a22513c44678a874c36f12d1",
        "check": "19f69eeb6aff605127bae1435d466b71d135a0472f7bcc87dbbd00c9968860cf" }""",
        "XSMH-EDXZ-6KHN-NNGF-DM4D-YTKD-W57J",
        "3d3c00d3c5ac2c5dd3e951f73548b365a750025d88227e11f82fe0a5b95f00d3",
    ),
}
"""Key files at full cost as a release writes them: text, recovery code, key. They open for good; never change them."""


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    """New key files cost next to nothing here."""
    with pytest.MonkeyPatch.context() as patch:
        for name, cost in CHEAP.items():
            patch.setattr(keyfile, name, cost)
        yield


@pytest.fixture(scope="module")
def made(cheap: None) -> Made:
    return keyfile.make(PASSPHRASE)


@pytest.fixture
def no_kdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever derives a key fails the test."""

    def derived(*_: object) -> bytes:
        pytest.fail("a key was derived")

    monkeypatch.setattr(keyfile, "_slowly", derived)


@pytest.fixture
def no_argon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `cryptography` without Argon2id."""
    monkeypatch.setitem(sys.modules, argon2.__name__, None)


def raw(file: KeyFile) -> bytes:
    return keyfile.text(file).encode()


def opens(file: KeyFile, made: Made, passphrase: str = PASSPHRASE) -> bool:
    return keyfile.by_passphrase(file, passphrase) == keyfile.by_code(file, made.code) == made.key


def does_not_open(file: KeyFile, made: Made) -> None:
    """Neither way, and with one of our two errors."""
    for way, secret in ((keyfile.by_passphrase, PASSPHRASE), (keyfile.by_code, made.code)):
        with pytest.raises((LockedError, KeyFileError)):
            way(file, secret)


def with_slot(file: KeyFile, place: int, **changed: object) -> KeyFile:
    slots = list(file.slots)
    slots[place] = slots[place]._replace(**changed)  # type: ignore[arg-type]
    return file._replace(slots=tuple(slots))


def bent(content: bytes) -> Iterator[bytes]:
    """The same bytes with each one changed in turn."""
    for place in range(len(content)):
        yield content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]


# --- there and back ----------------------------------------------------------------------


@FEW
@given(TYPED)
def test_both_ways_lead_to_the_key_after_writing_and_reading(passphrase: str) -> None:
    made = keyfile.make(passphrase)
    file = keyfile.parse(raw(made.file))
    assert file == made.file
    assert opens(file, made, passphrase)


@FEW
@given(TYPED, TYPED)
def test_no_other_passphrase_opens(passphrase: str, other: str) -> None:
    file = keyfile.make(passphrase).file
    if unicodedata.normalize("NFKC", other) != unicodedata.normalize("NFKC", passphrase):
        with pytest.raises(LockedError, match=m.PASSPHRASE_WRONG):
            keyfile.by_passphrase(file, other)


@FEW
@given(TYPED, st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
def test_however_a_keyboard_spells_the_passphrase(passphrase: str, form: Any) -> None:
    made = keyfile.make(passphrase)
    assert opens(made.file, made, unicodedata.normalize(form, passphrase))


@pytest.mark.parametrize(
    ("one", "other"),
    [("caf\u00e9 noir", "cafe\u0301 noir"), ("ﬁve ﬂats", "five flats"), ("ａｂｃ", "abc"), ("a\u00a0b", "a b")],
)
def test_spellings_that_look_alike_are_one(one: str, other: str) -> None:
    made = keyfile.make(one)
    assert opens(made.file, made, other)


def test_case_and_spaces_matter(made: Made) -> None:
    for wrong in (PASSPHRASE.upper(), PASSPHRASE + " ", PASSPHRASE.replace(" ", ""), ""):
        with pytest.raises(LockedError, match=m.PASSPHRASE_WRONG):
            keyfile.by_passphrase(made.file, wrong)


def test_what_a_terminal_could_not_decode_is_only_another_passphrase(made: Made) -> None:
    with pytest.raises(LockedError):
        keyfile.by_passphrase(made.file, "caf\udce9 noir")
    odd = keyfile.make("caf\udce9 noir")
    assert opens(odd.file, odd, "caf\udce9 noir")


@pytest.mark.parametrize("short", ["", "1234567", "éééé", "🫐🫐", "e\u0301" * 7])
def test_a_short_passphrase_is_told_by_its_characters(short: str) -> None:
    with pytest.raises(LockedError, match="8 characters"):
        keyfile.check_passphrase(short)


@pytest.mark.parametrize("enough", ["12345678", "é" * 8, "🫐" * 8, "e\u0301" * 8])
def test_a_passphrase_of_eight_characters_comes_back_as_it_was(enough: str) -> None:
    assert keyfile.check_passphrase(enough) == enough


@pytest.mark.parametrize("kdf", GOLDEN)
def test_a_key_file_of_the_first_release_opens(kdf: str) -> None:
    text, code, key = GOLDEN[kdf]
    file = keyfile.parse(text.encode())
    assert file.slots[0].cost["kdf"] == kdf
    assert keyfile.by_passphrase(file, PASSPHRASE).hex() == keyfile.by_code(file, code).hex() == key


def test_nothing_is_used_twice(made: Made) -> None:
    files = [made.file, keyfile.make(PASSPHRASE).file, keyfile.with_passphrase(made.file, made.key, PASSPHRASE)]
    fresh = [
        slot for number, file in enumerate(files) for slot in file.slots if number < 2 or slot.kind == "passphrase"
    ]
    for part in ("salt", "nonce", "wrapped"):
        assert len({getattr(slot, part) for slot in fresh}) == 5
    assert len({files[0].journal, files[1].journal}) == len({files[0].seal, files[1].seal}) == 2


# --- what is derived from the key --------------------------------------------------------


@pytest.mark.parametrize("purpose", ["db", "seal", "mac"])
def test_derived_is_hkdf_of_the_standard(made: Made, purpose: str) -> None:
    standard = HKDF(hashes.SHA256(), 32, None, f"mother-bond {purpose}".encode())
    assert keyfile.derived(made.key, purpose) == standard.derive(made.key)


def test_hkdf_is_that_of_its_standard() -> None:
    """RFC 5869, appendix A, cases 1 and 3: the first 32 bytes of each."""
    first = keyfile.hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))
    third = keyfile.hkdf(b"\x0b" * 22, b"", b"")
    assert first.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    assert third.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_the_key_for_each_purpose_is_another(made: Made) -> None:
    assert len({made.key, *(keyfile.derived(made.key, purpose) for purpose in ("db", "seal", "mac"))}) == 4


def test_what_is_sealed_to_the_file_opens_with_the_key(made: Made) -> None:
    private, public = keyfile.seal_key(made.key)
    other = X25519PrivateKey.generate()
    assert public == made.file.seal
    assert private.exchange(other.public_key()) == other.exchange(X25519PublicKey.from_public_bytes(public))


def test_the_mac_is_over_everything_else(made: Made) -> None:
    data = json.loads(keyfile.text(made.file))
    del data["check"], data["mac"]
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    key = HKDF(hashes.SHA256(), 32, None, b"mother-bond mac").derive(made.key)
    assert hmac.digest(key, canonical, "sha256") == made.file.mac


def test_nothing_secret_stands_in_the_file(made: Made) -> None:
    text = keyfile.text(made.file).lower()
    secrets = [made.key, *(keyfile.derived(made.key, purpose) for purpose in ("db", "seal", "mac"))]
    assert not any(secret.hex() in text for secret in secrets)
    assert not any(part.lower() in text for part in (PASSPHRASE, *made.code.split("-")[:1], made.code.replace("-", "")))


# --- the recovery code -------------------------------------------------------------------

CODES = [keyfile.new_code() for _ in range(16)]


def slip(code: str) -> bool:
    """Whether it is seen, without any key, that there is a slip in a code."""
    try:
        keyfile._letters(code)
    except LockedError as error:
        return error.message == m.CODE_SLIP
    return False


def test_a_code_is_seven_fours_without_letters_that_look_alike() -> None:
    for code in CODES:
        assert [len(four) for four in code.split("-")] == [4] * 7
        assert not set(code) & set("ILOU")
        assert not slip(code)
    assert len(set(CODES)) == len(CODES)
    assert set(keyfile._LETTERS) == {letter for code in CODES for letter in code} - {"-"}


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' – ')}.\n",
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace("1", "L"),
    ],
)
def test_a_code_may_be_typed_in_many_ways(typed: Callable[[str], str]) -> None:
    assert all(keyfile._letters(typed(code)) == keyfile._letters(code) for code in CODES)


def test_every_slip_of_one_letter_and_every_swap_of_two_is_seen() -> None:
    """The design asks for 99.8 %; the check is made so that it is all of them."""
    missed = 0
    for code in (code.replace("-", "") for code in CODES):
        for at, right in enumerate(code):
            missed += sum(
                not slip(code[:at] + letter + code[at + 1 :]) for letter in keyfile._LETTERS if letter != right
            )
            for to in range(at + 1, len(code)):
                swapped = code[:at] + code[to] + code[at + 1 : to] + right + code[to + 1 :]
                missed += code[to] != right and not slip(swapped)
    assert missed == 0


def test_other_slips_are_seen_but_for_one_in_a_thousand() -> None:
    chance, missed = random.Random(7), 0
    for _ in range(10_000):
        code = list(chance.choice(CODES).replace("-", ""))
        for at in chance.sample(range(28), 3):
            code[at] = chance.choice(keyfile._LETTERS.replace(code[at], ""))
        missed += not slip("".join(code))
    assert missed <= 30


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda code: "",
        lambda code: code[:-1],
        lambda code: code[1:],
        lambda code: code + "0",
        lambda code: code + code,
        lambda code: "U" + code[1:],
        lambda code: "ß" + code[2:],
        lambda code: "é" + code[1:],
        lambda code: "٣" + code[1:],
        lambda code: "\udce9" + code,
    ],
)
def test_a_slip_is_told_before_anything_is_derived(no_kdf: None, made: Made, spoilt: Callable[[str], str]) -> None:
    typed = spoilt(made.code)
    if typed.startswith("\udce9"):  # no letter, so no slip
        assert keyfile._letters(typed) == keyfile._letters(made.code)
        return
    with pytest.raises(LockedError, match=m.CODE_SLIP):
        keyfile.by_code(made.file, typed)


def test_the_code_of_another_journal_is_told_from_a_slip(made: Made) -> None:
    with pytest.raises(LockedError, match=m.CODE_OTHER):
        keyfile.by_code(made.file, keyfile.make(PASSPHRASE).code)


# --- another passphrase ------------------------------------------------------------------


def test_a_new_passphrase_takes_the_place_of_the_old_one_and_the_code_stays(made: Made) -> None:
    file = keyfile.with_passphrase(made.file, made.key, "quinces instead")
    assert opens(keyfile.parse(raw(file)), made, "quinces instead")
    assert file.slots[1] == made.file.slots[1]
    with pytest.raises(LockedError):
        keyfile.by_passphrase(file, PASSPHRASE)


def test_an_old_copy_still_opens_with_the_old_passphrase(made: Made) -> None:
    """As README says; `rotate` is for that."""
    old = raw(made.file)
    keyfile.with_passphrase(made.file, made.key, "quinces instead")
    assert keyfile.by_passphrase(keyfile.parse(old), PASSPHRASE) == made.key


def test_a_new_passphrase_does_not_sign_what_was_tampered_with(made: Made) -> None:
    for file, key in ((made.file._replace(seal=bytes(32)), made.key), (made.file, bytes(32))):
        with pytest.raises(KeyFileError, match=m.KEYS_TAMPERED):
            keyfile.with_passphrase(file, key, "quinces instead")


# --- damage ------------------------------------------------------------------------------


def test_any_changed_byte_is_seen_before_a_passphrase_is_tried(no_kdf: None, made: Made) -> None:
    content = raw(made.file)
    for place, byte in enumerate(content):
        if not chr(byte).isspace():
            for other in {byte ^ 1, byte ^ 0x20, byte ^ 0x80, 0, ord("0"), ord(" "), ord('"')} - {byte}:
                with pytest.raises((KeyFileError, NewerError)):
                    keyfile.parse(content[:place] + bytes([other]) + content[place + 1 :])


def test_cut_off_anywhere_it_is_damaged(no_kdf: None, made: Made) -> None:
    content = raw(made.file).strip()
    for length in range(len(content)):
        with pytest.raises(KeyFileError):
            keyfile.parse(content[:length])


def test_line_ends_and_indentation_may_change(made: Made) -> None:
    content = raw(made.file)
    for changed in (content.replace(b"\n", b"\r\n"), content.replace(b"\n ", b"\n\t\t"), b" ".join(content.split())):
        assert keyfile.parse(changed) == made.file


@given(st.data())
def test_spoilt_bytes_are_never_another_error(made: Made, data: st.DataObject) -> None:
    content = bytearray(raw(made.file))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=9) | st.text().map(str.encode)
        )
    with suppress(KeyFileError):
        assert keyfile.parse(bytes(content)) == made.file


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["", "00", "scrypt"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kdf", "n", "kind"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a piece of JSON."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield (*way, name)
        yield from places(inner, (*way, name))


@given(st.data())
def test_json_of_another_form_is_never_another_error(made: Made, data: st.DataObject) -> None:
    whole = json.loads(keyfile.text(made.file))
    *way, name = data.draw(st.sampled_from(list(places(whole))))
    holder = whole
    for step in way:
        holder = holder[step]
    before = json.dumps(whole)
    match data.draw(st.sampled_from(["change", "drop", "add"])):
        case "change":
            holder[name] = data.draw(JSON)
        case "drop":
            del holder[name]
        case _ if isinstance(holder, dict):
            holder["more"] = data.draw(JSON)
        case _:
            holder.append(data.draw(JSON))
    try:
        keyfile.parse(json.dumps(whole, indent=1).encode())
        assert json.dumps(whole) == before
    except KeyFileError:
        pass


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_else_is_no_key_file(content: bytes) -> None:
    with pytest.raises(KeyFileError):
        keyfile.parse(content)


def deep(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: deep(8000),
        lambda text: text.replace('"mother-bond-keys/1"', deep(4000)),
        lambda text: text.replace('"mother-bond-keys/1"', deep(900)),
        lambda text: text.replace('"passphrase"', deep(900)),
        lambda text: text.replace('"recovery"', deep(4000)),
        lambda text: text.replace(" 8\n", " 9" * 5000 + "\n"),
        lambda text: text.replace("8\n", "9" * 5000 + "\n"),
        lambda text: text.replace("8\n", "8.0\n"),
        lambda text: text.replace("8\n", "8e0\n"),
        lambda text: text.replace('"lanes": 1', '"lanes": true'),
        lambda text: text.replace('"slots"', '"slots": [],\n "slots"'),
        lambda text: text.replace('"mac"', '"mac": "",\n "mac"'),
        lambda text: text.replace('"journal": "', '"journal": " '),
        lambda text: text.replace('"salt": "', '"salt": " '),
        lambda text: text.replace("passphrase", "\\u0070assphrase"),
        lambda text: text.replace("passphrase", "pässphrase"),
        lambda text: text.replace("passphrase", "\\ud800"),
        lambda text: text.replace("recovery", "passphrase"),
        lambda text: "\ufeff" + text,
        lambda text: text + "{}",
        lambda text: text.upper(),
        lambda text: "",
        lambda text: "null",
        lambda text: "[]",
        lambda text: "{}",
        lambda text: '{"format": 1}',
        lambda text: '{"format": "mother-bond/1"}',
        lambda text: '{"format": "mother-bond-keys/1"}',
    ],
)
def test_hostile_json_is_refused(no_kdf: None, made: Made, changed: Callable[[str], str]) -> None:
    text = changed(keyfile.text(made.file))
    assert text != keyfile.text(made.file)
    for content in (text.encode(), text.encode("utf-16"), text.encode("latin-1", "replace") + b"\xff"):
        with pytest.raises(KeyFileError):
            keyfile.parse(content)


def test_a_file_that_is_too_long_is_not_read(made: Made) -> None:
    content = raw(made.file)
    assert keyfile.parse(content.ljust(keyfile.LARGEST)) == made.file
    with pytest.raises(KeyFileError):
        keyfile.parse(content.ljust(keyfile.LARGEST + 1))


def test_newer_foreign_and_damaged_are_told_apart(made: Made) -> None:
    text = keyfile.text(made.file)
    for changed, message in (
        (text.replace("keys/1", "keys/2"), m.KEYS_NEWER),
        (text.replace("mother-bond-keys/1", "age-encryption.org/v1"), m.KEYS_FOREIGN),
        (text.replace('"seal"', '"steal"'), m.KEYS_DAMAGED),
        (text[:300], m.KEYS_DAMAGED),
    ):
        with pytest.raises(NewerError if message == m.KEYS_NEWER else KeyFileError, match=message):
            keyfile.parse(changed.encode())


# --- a hand that knows the form ----------------------------------------------------------


def test_whatever_is_changed_neither_way_gives_the_key(made: Made) -> None:
    """Every byte of every field, in a file whose `check` was put right again."""
    file = made.file
    for content in bent(file.seal):
        does_not_open(keyfile.parse(raw(file._replace(seal=content))), made)
    for content in bent(file.mac):
        does_not_open(keyfile.parse(raw(file._replace(mac=content))), made)
    for journal in bent(bytes.fromhex(file.journal)):
        does_not_open(keyfile.parse(raw(file._replace(journal=journal.hex()))), made)
    for place, slot in enumerate(file.slots):
        for field in ("salt", "nonce", "wrapped"):
            for content in bent(getattr(slot, field)):
                does_not_open(keyfile.parse(raw(with_slot(file, place, **{field: content}))), made)


def test_slots_of_another_journal_do_not_fit(made: Made) -> None:
    other = keyfile.make(PASSPHRASE)
    for slots in (
        (other.file.slots[0], made.file.slots[1]),
        (made.file.slots[0], other.file.slots[1]),
        other.file.slots,
    ):
        for journal in (made.file.journal, other.file.journal):
            for code in (made.code, other.code):
                does_not_open(made.file._replace(slots=slots, journal=journal), made._replace(code=code))


def test_a_slot_does_not_serve_as_one_of_the_other_kind(made: Made) -> None:
    passphrase, recovery = made.file.slots
    turned = (recovery._replace(kind="passphrase"), passphrase._replace(kind="recovery"))
    for slots in (
        turned,
        turned[::-1],
        made.file.slots[::-1],
        (passphrase,),
        (recovery,),
        (passphrase, *made.file.slots),
    ):
        does_not_open_or_parse(made.file._replace(slots=slots), made)


def does_not_open_or_parse(file: KeyFile, made: Made) -> None:
    with pytest.raises(KeyFileError):
        keyfile.parse(raw(file))
    if file.slots[0].kind == "passphrase" and len(file.slots) == 2:
        does_not_open(file, made)


def test_a_cost_that_was_lowered_does_not_open_even_for_the_right_key(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cost is bound to the slot, not only through the key that comes of it."""
    slot = made.file.slots[0]
    outer = keyfile._slowly(slot.cost, PASSPHRASE.encode(), slot.salt)
    monkeypatch.setattr(keyfile, "_slowly", lambda *_: outer)
    assert keyfile.by_passphrase(made.file, PASSPHRASE) == made.key
    for cost in (slot.cost | {"memory": 16}, slot.cost | {"iterations": 2}, CHEAP["SCRYPT"]):
        with pytest.raises(LockedError):
            keyfile.by_passphrase(keyfile.parse(raw(with_slot(made.file, 0, cost=cost))), PASSPHRASE)


@pytest.mark.parametrize(
    "cost",
    [
        CHEAP["ARGON"] | {"memory": 2**20 + 1},
        CHEAP["ARGON"] | {"memory": 2**62},
        CHEAP["ARGON"] | {"memory": 10**300},
        CHEAP["ARGON"] | {"iterations": 13},
        CHEAP["ARGON"] | {"lanes": 17},
        CHEAP["ARGON"] | {"lanes": 0},
        CHEAP["ARGON"] | {"memory": -8},
        CHEAP["ARGON"] | {"memory": True},
        CHEAP["ARGON"] | {"memory": 8.0},
        CHEAP["ARGON"] | {"memory": "8"},
        CHEAP["ARGON"] | {"memory": None},
        CHEAP["ARGON"] | {"more": 1},
        CHEAP["SCRYPT"] | {"n": 2**20},
        CHEAP["SCRYPT"] | {"r": 9},
        CHEAP["SCRYPT"] | {"p": 5},
        {"kdf": "argon2id"},
        {"kdf": "md5"},
        {"kdf": "hkdf-sha256"},
        {"kdf": None},
        {"kdf": ["argon2id"]},
        {},
    ],
)
def test_a_hostile_cost_is_refused_before_anything_is_derived(no_kdf: None, made: Made, cost: dict[str, Any]) -> None:
    with pytest.raises(KeyFileError, match=m.KEYS_DAMAGED):
        keyfile.parse(raw(with_slot(made.file, 0, cost=cost)))


def test_a_recovery_code_is_never_slowed_down(no_kdf: None, made: Made) -> None:
    with pytest.raises(KeyFileError, match=m.KEYS_DAMAGED):
        keyfile.parse(raw(with_slot(made.file, 1, cost=CHEAP["ARGON"])))


@pytest.mark.parametrize(
    "cost",
    [
        CHEAP["ARGON"] | {"memory": 1},
        CHEAP["ARGON"] | {"lanes": 16},
        CHEAP["SCRYPT"] | {"n": 1},
        CHEAP["SCRYPT"] | {"n": 3},
        CHEAP["SCRYPT"] | {"n": 2**17, "r": 1},
    ],
)
def test_a_cost_that_no_derivation_takes_is_told(made: Made, cost: dict[str, Any]) -> None:
    with pytest.raises(KeyFileError, match=m.KEYS_NO_KDF):
        keyfile.by_passphrase(keyfile.parse(raw(with_slot(made.file, 0, cost=cost))), PASSPHRASE)


@pytest.mark.parametrize("size", [0, 15, 17, 47, 49])
def test_fields_of_another_size_are_refused(no_kdf: None, made: Made, size: int) -> None:
    for field in ("salt", "nonce", "wrapped"):
        with pytest.raises(KeyFileError):
            keyfile.parse(raw(with_slot(made.file, 1, **{field: bytes(size)})))
    for changed in ({"seal": bytes(size)}, {"mac": bytes(size)}, {"journal": bytes(size).hex()}, {"slots": ()}):
        with pytest.raises(KeyFileError):
            keyfile.parse(raw(made.file._replace(**changed)))


def test_a_name_of_a_journal_is_never_a_path(no_kdf: None, made: Made) -> None:
    """Its name becomes a file's while the journal is unlocked."""
    for journal in ("../" * 10 + "ab", "ab" * 15 + "/.", "AB " * 16, "ab" * 8 + " " * 16):
        changed = keyfile.text(made.file).replace(made.file.journal, journal)
        with pytest.raises(KeyFileError):
            keyfile.parse(changed.encode())


# --- where Argon2id is missing -----------------------------------------------------------


def test_without_argon_a_passphrase_goes_through_scrypt(no_argon: None) -> None:
    made = keyfile.make(PASSPHRASE)
    assert made.file.slots[0].cost["kdf"] == "scrypt"
    assert opens(keyfile.parse(raw(made.file)), made)


def test_without_argon_a_file_that_asks_for_it_says_so_and_the_code_still_opens(made: Made, no_argon: None) -> None:
    with pytest.raises(KeyFileError, match=m.KEYS_NO_KDF):
        keyfile.by_passphrase(made.file, PASSPHRASE)
    assert keyfile.by_code(made.file, made.code) == made.key


@pytest.mark.parametrize("error", [UnsupportedAlgorithm("no Argon2id in this OpenSSL"), MemoryError()])
def test_where_argon_is_there_but_cannot_be_used(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr(argon2, "Argon2id", refuse)
    assert keyfile.make(PASSPHRASE).file.slots[0].cost["kdf"] == "scrypt"


def test_with_neither_nothing_is_made(no_argon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise ValueError

    monkeypatch.setattr(hashlib, "scrypt", refuse)
    with pytest.raises(KeyFileError, match=m.KEYS_NO_KDF):
        keyfile.make(PASSPHRASE)


# --- two copies --------------------------------------------------------------------------


@pytest.fixture
def journal(home: Path, made: Made) -> Path:
    """Where a journal would be, with both copies of its key file."""
    keys.save(home / "journal.db", made.file)
    return home / "journal.db"


def test_both_copies_are_the_owners_alone(journal: Path) -> None:
    for place in (keys.beside(journal), paths.second_keys()):
        assert place.stat().st_mode & 0o077 == 0
        assert place.parent.stat().st_mode & 0o077 == 0
    assert keys.beside(journal).read_bytes() == paths.second_keys().read_bytes()


@pytest.mark.parametrize("spoil", [None, b"", b"{}", b"\0" * 900, "cut", "bent"])
def test_the_second_copy_stands_in_for_the_first(journal: Path, made: Made, spoil: bytes | str | None) -> None:
    """Also where one figure of a salt was changed, which would look like a wrong passphrase."""
    place, content = keys.beside(journal), raw(made.file)
    salt = made.file.slots[0].salt.hex()
    turned = ("1" if salt[0] == "0" else "0") + salt[1:]
    shapes = {"cut": content[:-3], "bent": content.replace(salt.encode(), turned.encode())}
    if spoil is None:
        place.unlink()
    else:
        place.write_bytes(shapes[spoil] if isinstance(spoil, str) else spoil)
    assert keys.load(journal) == made.file


def test_the_second_copy_is_not_asked_while_the_first_is_sound(journal: Path, made: Made) -> None:
    newer = keyfile.with_passphrase(made.file, made.key, "quinces instead")
    keys.write(keys.beside(journal), newer)
    assert keys.load(journal) == newer


def test_with_both_gone_the_first_is_spoken_of(journal: Path) -> None:
    keys.beside(journal).write_bytes(b"{}")
    paths.second_keys().unlink()
    with pytest.raises(KeyFileError, match=m.KEYS_FOREIGN):
        keys.load(journal)
    keys.beside(journal).unlink()
    with pytest.raises(KeyFileError, match="missing"):
        keys.load(journal)
