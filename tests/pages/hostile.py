"""Pages that nobody wrote: real and made-up ones mutated by a seed, and patterns that make readers slow.

    python tests/pages/hostile.py [--pages 10000] [--seed 1] [--save FOLDER]
    python tests/pages/hostile.py --patterns [LENGTH]

Reads each mutated page with the page reader, the wall teller and the page source, and tells which raised, took more
than two seconds of CPU or made the process 200 MB larger. Half of the pages come from the corpus where it is there.
`--save` keeps the bodies that broke something. `--patterns` reads every pattern at a length (1 MiB) and at four times
that, and tells which take more than 2.5 times as long for each doubling. The exit code is 1 if anything was found.
"""

# ruff: noqa: T201 - a script tells what it found
from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from litdb.model import Answer, Request, Target
from litdb.pages.page import read_page
from litdb.pages.walls import wall
from litdb.sources.page import PAGE
from litdb.text.urls import read_url

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "pages"
SECONDS = 2.0
MEGABYTES = 200
WORST = 2.5
"""How much longer reading may take when a page is twice as long."""

LEAST = 0.05
"""Seconds below which a time says little."""

READINGS = 2
"""How often `read_everything` reads a page: the limit is for one."""

Mutation = Callable[[random.Random, bytes], bytes]


@dataclass(frozen=True)
class Page:
    """A body, its headers and its address."""

    name: str
    body: bytes
    url: str
    content_type: str = "text/html"


# --- reading -----------------------------------------------------------------------------------------------------


def read_everything(page: Page) -> None:
    """Read a page in every way that a crawl does; all claims must survive the way into the library."""
    headers = {"content-type": page.content_type}
    found = read_page(page.body, headers, page.url)
    wall(200, headers, page.body, page.url, page.url)
    read_by_source(page)
    kept = [[claim.field, claim.value, claim.how] for claim in found.claims]
    kept += [[found.canonical, found.site, found.language, found.refresh], [str(each) for each in found.identifiers]]
    json.dumps(kept, ensure_ascii=False).encode()


def read_by_source(page: Page) -> None:
    """Read a page as the answer to the page source's own question."""
    target = Target(PAGE.identify(read_url(page.url)).identifier, (page.url,))
    request = Request(PAGE.name, page.url, (target,))
    PAGE.read(Answer(request, 200, {"content-type": page.content_type}, page.body, page.url, "2026-11-21T04:00:00Z"))


# --- mutations ---------------------------------------------------------------------------------------------------


def cut(chance: random.Random, body: bytes) -> bytes:
    """Broken off anywhere."""
    return body[: chance.randrange(len(body) + 1)]


def hole(chance: random.Random, body: bytes) -> bytes:
    """A piece is missing."""
    start = chance.randrange(len(body) + 1)
    return body[:start] + body[start + chance.randrange(1, 5000) :]


def repeat(chance: random.Random, body: bytes) -> bytes:
    """A piece stands there many times."""
    start = chance.randrange(len(body) + 1)
    piece = body[start : start + chance.randrange(1, 2000)]
    return body[:start] + piece * min(chance.choice((2, 50, 500)), 500_000 // (len(piece) + 1)) + body[start:]


def shuffle(chance: random.Random, body: bytes) -> bytes:
    """Tags in another order."""
    parts = body.split(b"<")
    start = chance.randrange(len(parts))
    some = parts[start : start + 200]
    chance.shuffle(some)
    return b"<".join((*parts[:start], *some, *parts[start + 200 :]))


def without(chance: random.Random, body: bytes) -> bytes:
    """All of one mark or closing tag is gone."""
    return body.replace(
        chance.choice((b'"', b">", b"</script>", b"</title>", b"</div>", b"</head>", b"'", b"}", b"-->")), b""
    )


def noise(chance: random.Random, body: bytes) -> bytes:
    """Bytes that are no text in any charset."""
    found = bytearray(body)
    for _ in range(min(len(found), chance.choice((1, 20, 2000)))):
        found[chance.randrange(len(found))] = chance.choice((0, 0x80, 0xC0, 0xED, 0xFF, chance.randrange(256)))
    return bytes(found)


def digits(chance: random.Random, body: bytes) -> bytes:
    """Every digit is another one: no date is one any more."""
    table = bytes.maketrans(b"0123456789", bytes(chance.choices(b"0123456789", k=10)))
    return body.translate(table)


def inserted(piece: Callable[[random.Random], bytes]) -> Mutation:
    """A piece of made-up markup, anywhere or where the head begins."""

    def mutate(chance: random.Random, body: bytes) -> bytes:
        head = body.lower().find(b"<head") + 6
        at = head if head > 5 and chance.random() < 0.5 else chance.randrange(len(body) + 1)
        return body[:at] + piece(chance) + body[at:]

    mutate.__name__ = piece.__name__
    return mutate


def deep(chance: random.Random) -> bytes:
    return chance.choice((b"<div>", b"<b><p>", b"<ul><li>", b"<span class=byline>", b"<table><tr><td>")) * 10_000


def attributes(chance: random.Random) -> bytes:
    many = b"".join(b" a%d=%d" % (each, each) for each in range(10_000))
    return chance.choice(
        (b"<meta" + many + b">", b"<div class='" + b"author " * 100_000 + b"'>", b"<p " + b"x=" * 50_000)
    )


def long_texts(chance: random.Random) -> bytes:
    long = chance.choice((b"A", b"word ", b"\xf0\x9f\x98\x80", b"A - B | ", b"&amp;", b"by Ann and ")) * 150_000
    return chance.choice((b"<title>%s</title>", b"<h1>%s</h1>", b"<meta property=og:title content='%s'>",
                          b"<meta name=author content='%s'>", b"<p class=byline>%s</p>")) % long  # fmt: skip


def unicode_oddities(chance: random.Random) -> bytes:
    odd = chance.choice((b"&#xD800;", b"\xed\xa0\x80", b"&#0;", b"\0", b"&#x110000;", b"&#99999999999999;", b"\xff\xfe",
                         b"\xe2\x80\xae", b"\x1b]0;x\x07", b"\xef\xbf\xbe"))  # fmt: skip
    return chance.choice((b"<title>a%sb</title>", b"<meta name=author content='A%s B'>", b"<link rel=canonical href='/%s'>",
                          b"<meta property=article:published_time content='2020%s-01-02'>")) % odd  # fmt: skip


def charsets(chance: random.Random) -> bytes:
    return b"<meta charset='%s'>" % chance.choice(
        (
            b"utf-16",
            b"utf-7",
            b"gb18030",
            b"shift_jis",
            b"x-user-defined",
            b"idna",
            b"base64",
            b"utf-8-sig",
            b"\0",
            b"cp037",
        )
    )


def addresses(chance: random.Random) -> bytes:
    odd = chance.choice((b"http://[", b"//", b"http://a:99999999/", b"http://\xff/", b"javascript:x", b"https://x" + b"/.." * 9999,
                         b"http://" + b"a." * 9999, b"?" + b"a=b&" * 9999, b"http://xn--\xc3\xa9/", b"%zz%00"))  # fmt: skip
    return chance.choice((b"<link rel=canonical href='%s'>", b"<base href='%s'>", b"<meta property=og:url content='%s'>",
                          b"<meta http-equiv=refresh content='0;url=%s'>", b"<a rel=author href='%s'>x y</a>")) % odd  # fmt: skip


def json_ld(chance: random.Random) -> bytes:
    return b'<script type="application/ld+json">%s</script>' % chance.choice(JSON)(chance)


def circular(_chance: random.Random) -> bytes:
    """Nodes that are each other's author, page and part."""
    nodes = [{"@id": f"n{each}", "@type": "Article", "headline": "x", "author": {"@id": f"n{(each + 1) % 300}"},
              "mainEntityOfPage": {"@id": f"n{(each + 2) % 300}"}, "isPartOf": {"@id": f"n{each}"},
              "datePublished": "2020-01-02"} for each in range(300)]  # fmt: skip
    return json.dumps({"@graph": nodes}).encode()


def any_types(chance: random.Random) -> bytes:
    """An article whose fields hold anything that JSON can."""
    keys = "headline name author creator editor publisher datePublished dateModified isPartOf url @id mainEntityOfPage"
    node = {key: _anything(chance, 3) for key in keys.split()}
    return json.dumps({"@type": chance.choice(("Article", ["BlogPosting", 3], None, {})), **node}).encode()


def _anything(chance: random.Random, depth: int) -> object:
    plain = (None, True, 7, 1e308, "", "Ann Bee", "2020-02-30", "\ud800", "https://a.example/", "x" * 5000, "10" * 3000)
    if depth == 0 or chance.random() < 0.4:
        return chance.choice(plain)
    if chance.random() < 0.5:
        return [_anything(chance, depth - 1) for _ in range(chance.randrange(4))]
    keys = chance.sample(("@id", "@type", "name", "@value", "@list", "url", "author", "givenName", "familyName"), 3)
    return {key: _anything(chance, depth - 1) for key in keys}


JSON: Sequence[Callable[[random.Random], bytes]] = (
    circular,
    any_types,
    any_types,
    any_types,
    lambda chance: chance.choice((b"[", b'{"a":', b'{"author":[', b'{"@graph":[')) * 100_000,
    lambda _: b'{"@type":"Article","wordCount":' + b"9" * 100_000 + b"}",
    lambda _: json.dumps([{"@type": "Article", "author": {"name": f"A B{n}"}} for n in range(20_000)]).encode(),
    lambda _: json.dumps({"@type": "Article", "author": [{"name": f"Ann B{n}"} for n in range(20_000)]}).encode(),
    lambda _: b'{"@type":"Article","headline":"' + b"\\u0041" * 100_000 + b'"}',
    lambda _: b'{"@type":"Article","datePublished":"2020-01-02",' + b"/* */" * 50_000 + b"}",
)
"""JSON-LD that is circular, huge, deep, or holds another type than it should."""

MUTATIONS: Sequence[Mutation] = (
    *(cut, cut, hole, hole, repeat, shuffle, without, noise, digits),
    *(inserted(json_ld), inserted(json_ld), inserted(deep), inserted(attributes), inserted(long_texts)),
    *(inserted(unicode_oddities), inserted(charsets), inserted(addresses)),
)
"""What can happen to a page; what stands here twice happens twice as often."""

CONTENT_TYPES = (
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=utf-16",
    "text/html; charset=nonsense",
    "",
)


def pages(count: int, seed: int) -> Iterator[Page]:
    """So many mutated pages, the same ones for a seed: every second one of the corpus where it is there."""
    chance = random.Random(seed)
    small = [
        (path.name, path.read_bytes(), "https://a.example/2020/01/02/a-post") for path in sorted(DATA.glob("*.html"))
    ]
    index = CORPUS / "index.jsonl"
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()] if index.is_file() else []
    for number in range(count):
        name, body, url = chance.choice(small)
        if rows and number % 2:
            row = chance.choice(rows)
            name, body, url = row["id"], gzip.decompress((CORPUS / row["html_path"]).read_bytes()), row["url"]
        mutations = chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3)))
        for mutation in mutations:
            body = mutation(chance, body)
        did = "+".join(getattr(mutation, "__name__", "") for mutation in mutations)
        yield Page(f"{number} {name} {did}", body, url, chance.choice(CONTENT_TYPES))


# --- patterns ----------------------------------------------------------------------------------------------------


def _ld(text: bytes) -> bytes:
    return b'<script type="application/ld+json">' + text + b"</script>"


REPEATED: Sequence[bytes] = tuple(
    b"<script |<a |<!--|<!|<?|<![CDATA[|<html |<title>|<title |<meta |<style>,|<h1>|<h1>x - |&|&#|&amp;|\0|<|>|'|\"|="
    b"|<p>By Ann Bee |<p>by |<time>1 May 2020|<time datetime=2020-01-02>|<time datetime='|<div>|<b><p>|<table><tr><td>"
    b"|<div class=byline>|<div class=author>Ann Bee|<span itemscope itemprop=author>|<a rel=author href=/x>Ann Bee</a>"
    b"|<meta name=author content='Ann Bee'>|<meta property=article:author content=x>|<link rel=canonical href=/x>"
    b"|<meta property=article:published_time content=2020-01-02>|<script type=application/ld+json>|</script>|</div>"
    b'|<script type="application/ld+json">{"@type":"Article","author":{"name":"Ann Bee"}}</script>|{"@type":,'
    b"|<p>1 May 2020 |<p>03/04/2021 |published: |2020-01- |1/1/|http://|a@b.|www.|<form>|<option>|<svg>|<frameset>".split(
        b"|"
    )
)
"""Markup that is repeated as it stands."""

INSIDE: Sequence[tuple[bytes, bytes, bytes]] = (
    (b"<title>", b" ", b"x</title>"),
    (b"<title>a", b" | b", b"</title>"),
    (b"<title>a", b" - b", b"</title><meta property=og:site_name content=b>"),
    (b"<title>", b"a", b"</title><h1>b</h1>"),
    (b"<h1>", b"word ", b"</h1>"),
    (b"<meta name=author content='", b"Ann Bee, ", b"'>"),
    (b"<meta name=author content='", b"Ann Bee and ", b"'>"),
    (b"<meta name=author content='", b"by ", b"'>"),
    (b"<meta name=author content='", b"A", b"'>"),
    (b"<meta name=author content='", b"(", b"'>"),
    (b"<meta property=article:published_time content='", b"1", b"'>"),
    (b"<meta property=article:published_time content='", b"2020-", b"'>"),
    (b"<meta property=article:published_time content='2020-01-02", b" ", b"x'>"),
    (b"<h1>t</h1><p class=byline>By ", b"Ann ", b"</p>"),
    (b"<h1>t</h1><p class=byline>", b" \n", b"x</p>"),
    (b"<h1>t</h1><p>", b"January ", b"</p>"),
    (b"<h1>t</h1><time>", b"20 ", b"</time>"),
    (b"<a href='", b"/..", b"'>x</a>"),
    (b"<link rel=canonical href='https://a.example", b"/a", b"'>"),
    (b"<meta http-equiv=refresh content='0;url=", b"/a", b"'>"),
    (b"<p ", b"a=b ", b">"),
    (b"<p class='", b"author ", b"'>Ann Bee"),
    (_ld(b"")[:35], b"[", b""),
    (_ld(b"")[:35], b'{"a":', b""),
    (_ld(b"")[:35], b'{"@graph":[', b""),
    (_ld(b"")[:35], b'"', b""),
    (_ld(b"")[:35], b"\\", b""),
    (_ld(b"")[:35], b"/*", b""),
    (_ld(b"")[:35], b"//\n", b"{}</script>"),
    (_ld(b"")[:35] + b'{"@type":"Article"', b",", b"}</script>"),
    (_ld(b"")[:35] + b'{"@type":"Article","x":[1', b",1", b",],}</script>"),
    (_ld(b"")[:35] + b'{"@type":"Article","headline":"a', b"\n", b'"}</script>'),
    (_ld(b"")[:35] + b'{"@type":"Article","headline":"a', b'"b" ', b'"}</script>'),
    (_ld(b"")[:35] + b'{"@type":"Article","headline":"', b"\\ud800", b'"}</script>'),
    (_ld(b"")[:35] + b'{"@type":"Article","wordCount":', b"9", b"}</script>"),
    (_ld(b"")[:35] + b'{"@type":"Article","author":[{"name":"A B"}', b',{"name":"A B"}', b"]}</script>"),
    (_ld(b"")[:35] + b'[{"@type":"Article"}', b',{"@type":"Article","headline":"x"}', b"]</script>"),
    (_ld(b"")[:35] + b'[{"@type":"Person"}', b',{"@type":"Person","@id":"x","name":"A B"}', b"]</script>"),
)
"""What stands before, what is repeated, what stands behind."""


def _chain(length: int) -> bytes:
    """JSON-LD nodes each of which names the next as its author."""
    nodes = [{"@id": f"n{each}", "@type": "Article", "author": {"@id": f"n{each + 1}"}} for each in range(length // 60)]
    return _ld(json.dumps({"@graph": nodes}).encode())


def _everyone(length: int) -> bytes:
    """JSON-LD whose articles all refer to one long list of authors by `@id`."""
    people = [{"@id": f"p{each}", "@type": "Person", "name": f"A B{each}"} for each in range(length // 120)]
    named = [{"@id": each["@id"]} for each in people]
    return _ld(json.dumps({"@graph": [{"@type": "Article", "@id": "a", "author": named}, *people]}).encode())


PATTERNS: dict[str, Callable[[int], bytes]] = {
    **{repr(unit)[1:]: lambda length, unit=unit: unit * (length // len(unit)) for unit in REPEATED},
    **{
        f"{before[-30:]!r}{unit!r}…": lambda length, before=before, unit=unit, behind=behind: (
            b"<html><head>" + before + unit * (length // len(unit)) + behind
        )
        for before, unit, behind in INSIDE
    },
    "chain of @id": _chain,
    "authors by @id": _everyone,
}
"""Patterns by name: a body of about so many bytes."""


def seconds(body: bytes) -> float:
    """The CPU time of reading a body as the page source does, walls included."""
    page = Page("pattern", body, "https://a.example/2020/01/02/a-post")
    start = time.process_time()
    read_by_source(page)
    wall(200, {}, body, page.url, page.url)
    return time.process_time() - start


def doubling(pattern: Callable[[int], bytes], length: int, rounds: int = 4) -> float:
    """How much longer a pattern takes for each doubling between a length and four times that: 2 where time is linear.

    The least times count, measured again (`rounds` at most) only while they look bad. 0 where the longer one takes
    so little time that nothing can be told.
    """
    short, long = pattern(length), pattern(4 * length)
    most = seconds(long)
    if most < LEAST:
        return 0.0
    least = seconds(short)
    for _ in range(rounds - 1):
        if most / least <= WORST**2:
            break
        least, most = min(least, seconds(short)), min(most, seconds(long))
    return math.sqrt(most / least)


# --- the full run ------------------------------------------------------------------------------------------------


def megabytes() -> float:
    """The most memory that this process has ever had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def trouble(page: Page) -> str:
    """What reading a page does that it must not, or empty."""
    before, start = megabytes(), time.process_time()
    try:
        read_everything(page)
    except Exception:  # noqa: BLE001 - whatever escapes is what this looks for
        return traceback.format_exc(limit=-3)
    spent, grown = (time.process_time() - start) / READINGS, megabytes() - before
    if spent > SECONDS:
        return f"{spent:.1f} s"
    return f"{grown:.0f} MB" if grown > MEGABYTES else ""


def read_mutated(count: int, seed: int, save: Path | None) -> int:
    """Read mutated pages and tell what broke; how many did."""
    read_everything(Page("warm", b"<title>x</title>", "https://a.example/x"))
    broken, base, slowest = 0, megabytes(), (0.0, "")
    for page in pages(count, seed):
        start = time.process_time()
        if found := trouble(page):
            broken += 1
            print(f"{page.name} ({len(page.body)} bytes, {page.content_type}): {found}", flush=True)
            if save:
                save.mkdir(parents=True, exist_ok=True)
                (save / f"{page.name.split()[0]}.html").write_bytes(page.body)
        slowest = max(slowest, ((time.process_time() - start) / READINGS, page.name))
    print(f"{count} mutated pages, {broken} broke something; the slowest took {slowest[0]:.2f} s ({slowest[1]});")
    print(f"memory grew from {base:.0f} to {megabytes():.0f} MB")
    return broken


def read_patterns(length: int) -> int:
    """Read the patterns at a length and at four times that, tell which grow faster; how many do."""
    found = {name: doubling(pattern, length) for name, pattern in PATTERNS.items()}
    steep = {name: ratio for name, ratio in found.items() if ratio > WORST}
    for name, ratio in steep.items():
        print(f"{name}: {ratio:.1f} times as long when twice as long")
    print(
        f"{len(found)} patterns, {len(steep)} grow too fast; the steepest other: {max(set(found.values()) - set(steep.values())):.2f}"
    )
    return len(steep)


def main() -> int:
    """Read all the pages or patterns, tell what broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, metavar="FOLDER")
    parser.add_argument("--patterns", type=int, nargs="?", const=1 << 20, metavar="LENGTH")
    given = parser.parse_args()
    if given.patterns:
        return int(read_patterns(given.patterns) > 0)
    return int(read_mutated(given.pages, given.seed, given.save) > 0)


if __name__ == "__main__":
    sys.exit(main())
