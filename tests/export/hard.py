"""A document that is hard to set: five scripts, names that run the other way, very long words, signs, markup."""

from __future__ import annotations

from mother_bond.export.document import Chart, Charts, Document, Heading, Paragraph, Quotation, Table

SCRIPTS = {
    "Latin": "Grüße, déjà vu, łódź, ağaç, naïve",
    "Cyrillic": "Мама, я думаю о тебе",
    "Greek": "Μητέρα, σε σκέφτομαι",
    "Hebrew": "אמא, אני חושבת עלייך",
    "Arabic": "أمي، أفكر فيك كل يوم",
}
"""A few words in each script that a PDF must hold."""

MARKUP = """#strong[x] $x^2$ @label <label> `code` = heading \\ * _a_ // note
<script>alert(1)</script> "><img src=x onerror=alert(1)> &amp; &lt; ]]> --> </style></blockquote>
[link](javascript:x) {{x}} ${x} %s #import "@preview/x:1.0.0" """
LONG = " ".join(f"Sentence {n} of a long evening, and still the kettle was not on." for n in range(320))[:20_000]
SPACES = "one\n  two, set in\n\n\n\tthree after a tab  \nfour  two spaces"
STEERING = "\x1b[31mred\x1b[0m \x00 \x9b1m \u202eback\u202c \x07"
SIGNS = "A sunflower 🌻, hands 🙏🏽, a family 👩‍👦, a heart ❤️, a smile 😀, 母"


def charted() -> Charts:
    """Charts of a few kinds: with a line, with words, of one day, with too little to draw."""
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in (2, 9, 16, 23)]
    points = tuple((day, 1 + n % 7) for n, day in enumerate(days))
    return Charts(
        ("measure", "marks", "median", "range", "course"),
        (
            Chart(
                "nearness",
                "24 marks.",
                "Told.",
                ("nearness", "24", "4", "1–7", "▁"),
                7,
                ("far", "near"),
                points,
                points,
            ),
            Chart("contact", "3.", "Told.", ("contact", "3", "", "", ""), 3, ("a < b", "c & d", '"e"'), points[:3]),
            Chart("mood", "1 mark, too few to say more.", "Told.", ("mood", "1", "", "", "too few")),
        ),
        days[0],
        days[-1],
        "A key.",
    )


def hard() -> Document:
    """The whole document."""
    return Document(
        "A reflection summary",
        (
            Paragraph("Made by a test."),
            Heading("أمي (وردة)"),
            Paragraph("From one day to another."),
            *(Quotation(text, f"What of {name}?", f"theme {name}") for name, text in SCRIPTS.items()),
            Quotation(
                f"{SCRIPTS['Hebrew']}\nand then in English\n\n{SCRIPTS['Arabic']}", "How would وردة say it?", "here"
            ),
            Quotation(MARKUP, MARKUP, MARKUP),
            Quotation(STEERING, "What steers?"),
            Quotation(SIGNS, "Which signs?"),
            Quotation(SPACES, "Which spaces?"),
            Quotation("x" * 400, "Which word?"),
            Heading("Small steps", 2),
            Table(
                ("taken on", "step", "how it went"),
                (
                    ("Monday 2 March 2026", "When the phone rings, I will breathe. " * 30, "still resting"),
                    ("Monday 9 March 2026", "w" * 300, "done"),
                    ("Monday 16 March 2026", SCRIPTS["Arabic"], "let it go"),
                    ("Monday 23 March 2026", MARKUP, "done"),
                ),
            ),
            Heading("The course of the check-ins", 2),
            charted(),
            Quotation(LONG, "A long evening?", "end"),
            Heading("Мама"),
            Paragraph("Nothing was written in this time."),
            Paragraph("This is the end."),
        ),
        "2026-11-20",
    )
