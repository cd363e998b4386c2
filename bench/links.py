"""How fast links are found in Markdown, against markdown-it-py (gfm-like, with linkify) on the same notes in one run.

    python bench/links.py [NOTES]

The notes are made in memory from a seed: headings, paragraphs, nested lists, quotes, code, front matter. CPU time,
the better of three rounds; both must find the same number of links.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt

from litdb.notes.markdown import read_markdown

WORDS = """alignment model reward training human feedback deceptive inner outer optimiser gradient policy evaluation
    scalable oversight interpretability capability dataset survey problem approach research benchmark agent""".split()
ROUNDS = 3


def make_note(chance: random.Random) -> str:
    """One note of about 2.5 kB with about ten links."""
    parts = [f"---\ntitle: {_words(chance, 3)}\ntags: [a, b]\n---\n"] if chance.random() < 0.3 else []
    parts.append(f"# {_words(chance, 4)}\n")
    makers = (_paragraph, _paragraph, _items, _items, _quote, _code, _heading, _bare)
    parts += [chance.choice(makers)(chance) for _ in range(11)]
    return "\n".join(parts)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _url(chance: random.Random) -> str:
    return f"https://{chance.choice(WORDS)}.example.org/{chance.choice(WORDS)}/{chance.randrange(10**8)}"


def _link(chance: random.Random) -> str:
    return f"[{_words(chance, 4)}]({_url(chance)})"


def _paragraph(chance: random.Random) -> str:
    sentences = [_words(chance, 14).capitalize() + "." for _ in range(4)]
    sentences.insert(2, f"See {_link(chance)} and, e.g. {_words(chance, 5)} in {_link(chance)}.")
    return "\n".join(sentences) + "\n"


def _items(chance: random.Random) -> str:
    lines = [f"{'  ' * chance.randrange(2)}- {_words(chance, 9)}" for _ in range(4)]
    lines[2] += f" ({_link(chance)}) (27.01.2022)"
    return "\n".join(lines) + "\n"


def _quote(chance: random.Random) -> str:
    return "".join(f"> {_words(chance, 10)}\n" for _ in range(2))


def _code(chance: random.Random) -> str:
    return f"```python\n{_words(chance, 8)}\nurl = '{_url(chance)}'\n```\n"


def _heading(chance: random.Random) -> str:
    return f"## {_words(chance, 5)}\n"


def _bare(chance: random.Random) -> str:
    return f"{_words(chance, 6)} {_url(chance)}, {_words(chance, 6)} <{_url(chance)}>.\n"


def ours(notes: list[str]) -> int:
    """How many links litdb finds."""
    return sum(len(read_markdown("note.md", note).mentions) for note in notes)


def theirs(notes: list[str]) -> int:
    """How many links markdown-it-py finds; front matter is taken off for it."""
    parser = MarkdownIt("gfm-like")
    return sum(_count(parser, note.partition("---\n\n")[2] or note) for note in notes)


def _count(parser: MarkdownIt, note: str) -> int:
    blocks = parser.parse(note)
    return sum(child.type == "link_open" for block in blocks for child in block.children or ())


def _seconds(count: Callable[[list[str]], int], notes: list[str]) -> tuple[float, int]:
    def rounds() -> Iterator[tuple[float, int]]:
        for _ in range(ROUNDS):
            start = time.process_time()
            found = count(notes)
            yield time.process_time() - start, found

    return min(rounds())


def main(count: int) -> None:
    """Print both times, and how many times faster litdb is."""
    chance = random.Random(20221216)
    notes = [make_note(chance) for _ in range(count)]
    size = sum(map(len, notes)) / 1e6
    (mine, found), (other, expected) = _seconds(ours, notes), _seconds(theirs, notes)
    print(f"{count} notes, {size:.2f} MB, {expected} links (litdb found {found})")
    print(f"litdb {mine:.3f} s ({size / mine:.1f} MB/s), markdown-it-py {other:.3f} s ({size / other:.2f} MB/s)")
    print(f"ratio {other / mine:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
