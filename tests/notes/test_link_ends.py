"""Where a link ends that stands among other signs: highlights, wiki links, dashes, lists without blanks, code, embeds."""

from __future__ import annotations

import pytest

from litdb.notes.html import read_html
from litdb.notes.markdown import read_markdown
from litdb.notes.text import read_text

X = "https://example.org/x"
VIDEO, POST = "https://www.youtube.com/watch?v=abcdefghijk", "https://x.com/a/status/1569128808308957186"
ARXIV = "https://arxiv.org/abs/1606.0656{}".format
DOI = "https://doi.org/10.1000/a{}".format
CODE = "{{% highlight ruby %}}\n{}\n{{% endhighlight %}}".format
SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
SICI_URL = SICI.replace("<", "%3C").replace(">", "%3E")
TWO, FENCE = f"{X}\n\n{X}\n", f"```\n{X}"


def urls(text: str) -> list[str]:
    return [mention.url for mention in read_markdown("n.md", text).mentions]


ENDS = {
    "highlight": (f"=={X}==", [X]),
    "highlight of a sentence": (f"a =={X}, see ({X})== b", [X, X]),
    "highlight in bold": (f"**=={X}==**.", [X]),
    "highlight of Roam": (f"^^a {X}^^ b", [X]),
    "highlight, then a comma": (f"=={X}==, b", [X]),
    "padding of base64": (f"{X}?id=QQ== b", [f"{X}?id=QQ=="]),
    "padding behind a highlight": (f"==a==, {X}?id=QQ==", [f"{X}?id=QQ=="]),
    "padding behind padding": (f"{X}?id=QQ== {X}?id=QQ==", [f"{X}?id=QQ=="] * 2),
    "padding behind a comparison": (f"a == b {X}?id=QQ==", [f"{X}?id=QQ=="]),
    "em dash": (f"{X}— text", [X]),
    "em dash without blanks": (f"{X}—text", [X]),
    "en dash behind it": (f"{X}– text", [X]),
    "en dash in a path": (f"{X}–y z", [f"{X}–y"]),
    "curly quotes": (f"“{X}” ‘{X}’ {X}…", [X] * 3),
    "signs of other scripts": (" ".join(f"{X}{sign}" for sign in "،؛؟۔।॥։።›‹»„¿‼"), [X] * 14),
    "brackets, then a sign of another script": (f"({X})؟ （{X}）。", [X] * 2),
    "apostrophe in a path": (f"{X}’y {X}'y", [f"{X}’y", f"{X}'y"]),
    "genitive": (f"{ARXIV(0)}'s {ARXIV(0)}’s, doi:10.1000/a's", [ARXIV(0), ARXIV(0), DOI("")]),
    "plural": (f"{X}s", [f"{X}s"]),
    "commas": (f"{ARXIV(1)},{ARXIV(2)},{X}.", [ARXIV(1), ARXIV(2), X]),
    "semicolon": (f"({DOI(2)};{DOI(3)})", [DOI(2), DOI(3)]),
    "bar": (f"{ARXIV(1)}|{ARXIV(2)}", [ARXIV(1), ARXIV(2)]),
    "semicolon behind a DOI": (f"doi:10.1000/a1;{DOI(2)}", [DOI(1), DOI(2)]),
    "commas of one address": (f"{X},y;z|w", [f"{X},y;z|w"]),
    "comma, then a day": (f"a,{ARXIV(1)},2016-06-21", [ARXIV(1)]),
    "quoted field": (f'"a","{ARXIV(1)}","2016"', [ARXIV(1)]),
    "full-width brackets": (f"{X}（2020年） （{X}）", [X, X]),
    "full-width colon": (f"{X}：y", [X]),
    "archived": (f"https://web.archive.org/web/2020/{X}", [f"https://web.archive.org/web/2020/{X}"]),
    "address in a query": (f"{X}?a=1,2&next={X}", [f"{X}?a=1,2&next={X}"]),
    "comma in a link": (f"[t]({X},{X}) <{X},{X}>", [f"{X},{X}"] * 2),
    "code of Jekyll": (f"a\n\n{CODE(X)}\n\n{X}y", [f"{X}y"]),
    "blank lines in code of Jekyll": (f"- a\n\n  {CODE(TWO)}\n- {X}y", [f"{X}y"]),
    "fence in code of Jekyll": (f"{CODE(FENCE)}\n{X}y", [f"{X}y"]),
    "code of Jekyll in a line": (f"a {{%- highlight sh -%}}{X}{{%- endhighlight -%}} {X}y", [f"{X}y"]),
    "code of Jekyll that is never closed": (f"{{% highlight ruby %}}\n{X}", [X]),
    "tags of Jekyll in code spans": (f"`{{% highlight ruby %}}` {X} `{{% endhighlight %}}`", [X]),
    "raw": (f"{{% raw %}}\n{X}\n{{% endraw %}}", [X]),
    "URL in angle brackets": (f"<URL:{X}> <url:{X}>", [X, X]),
    "two lines": (f"a <{X}/\ny> b", [f"{X}/y"]),
    "two lines of a quote": (f"> a <{X}/\n> y> b", [f"{X}/y"]),
    "three lines, indented": (f"- a <URL:{X}/\n  y-\n  z>", [f"{X}/y-z"]),
    "two addresses, two lines": (f"<{X}\n{X}>", [X]),
    "DOI of a SICI": (f"http://doi.org/{SICI}, <http://doi.org/{SICI}>", [f"http://doi.org/{SICI_URL}"] * 2),
    "SICI with one colon": (
        "doi:10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2.",
        ["https://doi.org/10.1175/1520-0469(1963)020%3C0130:DNF%3E2.0.CO;2"],
    ),
    "address, then one in angle brackets": (f"{X}<{X}y>", [X, f"{X}y"]),
    "embedded video": (f"![]({VIDEO})", [VIDEO]),
    "embedded post": (f"![a]({POST}) b", [POST]),
    "embedded PDF": (f"![]({X}.pdf#page=2)", [f"{X}.pdf#page=2"]),
    "embed by reference": (f"![r]\n\n[r]: {VIDEO}", [VIDEO]),
    "embed within a link": (f"[![a]({VIDEO})]({X})", [X, VIDEO]),
    "images": (f"![]({X}.png) ![]({X}) ![]({X}?f=a.pdf) ![](https://img.youtube.com/vi/abcdefghijk/0.jpg)", []),
    "frame": (f'<iframe src="https://www.youtube.com/embed/abcdefghijk" allowfullscreen></iframe> {X}',
              ["https://www.youtube.com/embed/abcdefghijk", X]),
    "frame within HTML that stands as it is": (f"<pre>\n<iframe src='{VIDEO}'></iframe></pre>", [VIDEO]),
    "frame of anything else": (
        f"<iframe src='{X}'></iframe> <iframe src='https://www.youtube.com/embed/videoseries?list=a'></iframe>", []
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENDS.values(), ids=ENDS)
def test_a_link_ends_where_its_address_does(text, expected):
    assert urls(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "words"),
    [
        (f"a [[{X}|an *alias*]] b", X, "an alias"),
        (f"| a |\n|---|\n| [[{X}\\|alias]] |", X, "alias"),
        (f"[[{X}?a=1&amp;b=2|b]]", f"{X}?a=1&b=2", "b"),
        (f"[[{X}]]", X, ""),
        (f"![[{X}|300]]", X, ""),
        (f"[[[{X}|a]]](b.md)", X, "a"),
        (f"[[a|b]]({X})", X, "[a|b]"),
        (f"a [[{X}][an *alias*]] b", X, "an alias"),
        (f"a [alias]([{X}]({X})) b", X, "alias"),
        (f"a [alias]([[{X}]]) b", X, "alias"),
        (f"a <{X}|an *alias*> b", X, "an alias"),
        (f"<{X}?a=1&amp;b=2|b>", f"{X}?a=1&b=2", "b"),
    ],
)
def test_a_wiki_link_to_a_url_has_its_alias_as_text(text, url, words):
    (mention,) = read_markdown("n.md", text).mentions
    assert (mention.url, mention.text) == (url, words)


@pytest.mark.parametrize(("frame", "expected"), [(VIDEO, [X, VIDEO]), (X, [X])])
def test_an_html_file_cites_the_work_that_a_frame_shows(frame, expected):
    note = read_html("n.html", f"<p><a href='{X}'>a</a> <iframe src='{frame}'></iframe> b</p>")
    assert [mention.url for mention in note.mentions] == expected
    assert {mention.sentence for mention in note.mentions} == {"a b"}


def test_plain_text_ends_its_addresses_alike():
    note = read_text("n.txt", f"{X},{X}y; {X}— {X}'s")
    assert [mention.url for mention in note.mentions] == [X, f"{X}y", X, X]
