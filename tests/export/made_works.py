"""Works made at random from a seed, every text with hostile characters in it, and a count of which."""

from __future__ import annotations

from collections import Counter
from random import Random

from litdb.model import Identifier, Name, Related, Work

HOSTILE_CLASSES = {
    "braces": ["{", "}", "{{", "}}", "}{", "{x", "y}"],
    "backslashes": ["\\", "\\\\", "\\{", "\\}", "\\ "],
    "commands": ["\\input{x}", "\\write18{rm}", "\\def\\x{y}", "\\begin{document}", "\\csname x\\endcsname", "\\par"],
    "carets": ["^", "^^5c", "^^M", "^^5cinput x"],
    "comments": ["%", "100%", "%%"],
    "alignment": ["&", "#", "##", "_", "a_b", "~"],
    "mathematics": ["$", "$$", "$5 and $6", "$x$", "\\(x\\)"],
    "entries": ["@", "@misc{x,", "@comment{", "= {", "},", "\n}\n@misc{y,\n"],
    "quotes": ['"', '""', "'", "''", "`", "``", "“x”", "‘y’"],
    "ligatures": ["--", "---", ",,", "?`", "!`", "<<", ">>"],
    "names": [" and ", ",", " AND others", ", Jr,", "=", " von ", "family=x"],
    "spaces": ["\n", "\t", "\r\n", "\u00a0", "\u2009", "\u2028", "  "],
    "controls": ["\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\x02", "\x03"],
    "directions": ["\u202e", "\u2066", "\u200f", "\ufeff", "\u200b", "\u00ad"],
    "accents": ["é", "e\u0301", "Ü", "ł", "ø", "ß", "Æ", "ế", "ǖ", "ñ"],
    "letters": ["Þ", "ð", "đ", "李", "Ж", "ω", "ı", "ﬁ", "א", "क"],
    "signs": ["–", "—", "…", "€", "→", "×", "🙂", "\U0001d54f"],
    "mark-up": ["<b>", "</i>", "&amp;", "<!--", "]]>", "[x](y)", "*z*"],
}
"""What titles and names from the web can hold, by what it could do."""

WORDS = "the Alignment of Deep networks GPT-3 and Human Values: a critique? Yes I agree ChatGPT risk O'Brien".split()
TYPES = (
    "post tweet comment preprint article-journal paper-conference chapter book report thesis dataset webpage".split()
)
DATES = ("", "2022", "2022-08", "2022-08-30", "2022-08-30T23:30:00-07:00", "1999-12-31")
URL_PARTS = [*"abcXYZ019-._~:/?#[]@!$&'()*+,;=", "%20", "%5B"]


class Maker:
    """Makes works; `hits` counts how often a text got something of each class."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.hits: Counter[str] = Counter()

    def works(self, count: int) -> list[Work]:
        """Works with keys in order."""
        return [self.work(f"made{number:05}") for number in range(count)]

    def text(self, words: int) -> str:
        """Words with something hostile between or inside them."""
        chosen = [self.random.choice(WORDS) for _ in range(self.random.randint(1, words))]
        for _ in range(self.random.randint(0, 2)):
            kind = self.random.choice(list(HOSTILE_CLASSES))
            self.hits[kind] += 1
            at = self.random.randrange(len(chosen))
            blank = self.random.choice(["", " "])
            chosen[at] = f"{chosen[at]}{blank}{self.random.choice(HOSTILE_CLASSES[kind])}{blank}"
        return " ".join(chosen)

    def name(self) -> Name:
        """A person or an organisation."""
        if self.random.random() < 0.3:
            return Name(literal=f"Lab {self.text(3)}")
        particle, suffix = self.random.choice(["", "", "", "van", "de la"]), self.random.choice(["", "", "Jr."])
        return Name(f"Smith{self.text(1)}", f"Jo {self.text(1)}", particle, suffix)

    def work(self, key: str) -> Work:
        """A work whose every text is hostile."""
        arxiv = Identifier("arxiv", f"2209.{self.random.randrange(10**5):05}")
        pick = self.random.choice
        address = "".join(pick(URL_PARTS) for _ in range(self.random.randint(0, 30)))
        return Work(
            identifier=Identifier("url", key),
            identifiers=(arxiv,) if self.random.random() < 0.3 else (),
            key=key,
            type=pick(TYPES),
            url=f"https://example.org/{address}",
            title=f"On {self.text(8)}" if self.random.random() < 0.9 else "",
            label=f"Label {self.text(3)}",
            authors=tuple(self.name() for _ in range(self.random.randint(0, 3))),
            container=pick(["", self.text(3)]),
            publisher=pick(["", self.text(3)]),
            note=pick(["", self.text(5)]),
            volume=pick(["", "3"]),
            pages=pick(["", "1-20", "e5"]),
            date=pick(DATES),
            accessed=pick(["", "2026-11-21"]),
            archived=pick(["", f"https://web.archive.org/web/2022/https://example.org/{address}"]),
            status=pick(["", "", "withdrawn", "retracted"]),
            related=(Related("comment-on", self.text(3), "https://example.org/p", ""),) if pick([0, 0, 1]) else (),
        )
