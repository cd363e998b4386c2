"""The same links as cmark-gfm finds, on samples where the two should agree."""

from __future__ import annotations

import random
import re
from html import unescape
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from litdb.notes.markdown import read_markdown

U, V = "http://a.example/u", "http://b.example/v"

SAMPLES = [
    f"[a *b* `c`]({U}) and [d]({V} 'title')",
    f"[a](\n  {U}\n  \"title\"\n)",
    f"[a]({U}_(b_(c))) [a]({V}\\)d)",
    f"[a [b]({U}) c]({V})".replace(V, "/v"),
    f"[![a]({V})]({U})",
    f"[a][b] [b][] [b] [c]\n\n[b]: {U}\n[C]: <{V}>",
    f"[a][\nb  c]\n\n> [B C]:\n> {U}\n> 'title'",
    f"[b]\n[b]: {U}",
    f"[a]\n\n[a]: {U} 'title' more",
    f"`[a]({U})` `` ` {U} `` ` [a]({V})",
    f"<b title='[a]({U})'>[a]({V})</b>",
    f"a <a href='{U}'>b</a> <!-- [c]({V}) --> d",
    f"<div>\n[a]({U})\n\n[b]({V})\n</div>",
    f"<pre>\n[a]({U})\n\n[b]({V})\n</pre>",
    f"<a href='{U}'>\n[a](/b)\n</a>",
    f"<script>\n[a]({U})\n</script>\n[b]({V})",
    f"```\n{U}\n````\n{V}",
    f"~~~ a\n```\n{U}\n~~~~\n{V}",
    f"- ```\n  {U}\n- {V}",
    f"1. a\n\n   ```\n   {U}\n   ```\n   {V}",
    f"> ```\n> {U}\n\n{V}",
    f"a\n    {U}\n\n    {V}",
    f"- a\n\n      {U}\n\n  {V}",
    f"-    {U}\n\n     {V}",
    f"-\t{U}\n\n\t\t{V}",
    f"10) a\n    - {U}\n\n        {V}",
    f"a\n2. {U}\n- {V}",
    f"> a\n{U}\n>\n> {V}",
    f"> - a\n>\n>   {U}\n> {V}",
    f"a\n===\n[b]({U})\n---\n{V}",
    f"# [a]({U}) #\n####### {V}",
    f"* * *\n{U}\n_ _ _\n- - -\n{V}",
    f"| a | b |\n| :- | -: |\n| [c]({U}) | `d` {V} |\n| `e \\| f` | {U}\\|g |\n\n| h",
    f"| a |\n| - | - |\n| {U} |",
    f"{U}. ({V}) \"{U}\", *{V}* ~~{U}~~ {V}?",
    f"{U}?a=1&b=2&amp; {V}?a=(b)) {U}&lt;",
    "www.a.example/b, (www.c.example) x.www.d.example",
    f"<{U}?a=b> <mailto:a@b.example> <{V} c>".replace(f"<{V} c>", ""),
    f"\\[a]\\({U} \\<b> \\*{V} \\*",
    f"&lsqb;a]\\({U}",
    f"a  \n[b\\]c]({U})\\\n[d\\\\]({V})",
    f"- [ ] [a]({U})\n- [x] {V}",
]  # fmt: skip

PIECES = [
    " [t](http://a.example/{}) ", " [t](<http://a.example/{}>)", " http://a.example/{} ", "<http://a.example/{}>", " see (http://a.example/{}) ",
    "[r]", "[r][]", "[t][r]", "![i](http://a.example/{})", "\n\n[r]: http://a.example/r\n\n", "`", "``", "*", "**", "_", "&amp;", "text", " ",
    "- ", "  - ", "\n    ", "\n  ", "1. ", "+ ", "> ", "\n> ", "\n- ", "\n", "\n\n", "# ", "\n***\n", "\n~~~\ncode {}\n~~~\n", "<b>", "</b>",
    "\n\n<div>", "</div>\n\n", '"', "'", ".", "!",
]  # fmt: skip


def _theirs(text: str) -> list[str]:
    html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    shown = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return sorted(
        unquote(unescape(url)) for url in re.findall(r"<a\b[^<>]*?\bhref=[\"'](https?://[^\"']*)[\"']", shown)
    )


def _ours(text: str) -> list[str]:
    kinds = {"inline-link", "reference-link", "autolink", "bare-url", "html"}
    mentions = read_markdown("n.md", text).mentions
    return sorted(unquote(mention.url) for mention in mentions if mention.found in kinds)


@pytest.mark.parametrize("text", SAMPLES)
def test_a_sample_has_the_links_that_cmark_gfm_finds(text):
    assert _ours(text) == _theirs(text)


@pytest.mark.parametrize("seed", range(20))
def test_made_notes_have_the_links_that_cmark_gfm_finds(seed):
    chance = random.Random(seed)
    for _ in range(50):
        pieces = chance.choices(PIECES, k=chance.randrange(2, 12))
        text = "".join(piece.format(chance.randrange(100)) for piece in pieces)
        assert _ours(text) == _theirs(text), text
