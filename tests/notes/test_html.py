import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.notes.html import read_html, tokens


def read(text):
    return read_html("a.html", text).mentions


def test_a_link_has_its_place_text_and_sentence():
    (link,) = read('<p>\n First. See <a class=x href="https://example.org/a">the <b>paper</b></a> (2017). More.')
    assert (link.line, link.column, link.end_line, link.end_column) == (2, 13, 2, 73)
    assert (link.url, link.text, link.found) == ("https://example.org/a", "the paper", "html")
    assert link.sentence == "See the paper (2017)."


def test_columns_are_code_points_and_any_line_end_counts():
    (link,) = read("a\r\nb\rc\n𝔸 <a href=http://x.example>x</a>")
    assert (link.line, link.column) == (4, 3)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ('"https://x.example/?a=1&amp;b=2"', "https://x.example/?a=1&b=2"),
        ('"https://x.example/?a=1&copy=2"', "https://x.example/?a=1&copy=2"),
        ("'https://x.example/it\"s>x'", 'https://x.example/it"s>x'),
        ("https://x.example/bare/path", "https://x.example/bare/path"),
        ('"\n https://x.example/ "', "https://x.example/"),
        ('"HTTPS://X.example/"', "HTTPS://X.example/"),
    ],
)
def test_an_address_is_read_as_browsers_do(href, url):
    assert [link.url for link in read(f"<A target=_blank HREF={href}>x</A>")] == [url]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="#top">x</a>',
        '<a href="mailto:a@b.example">x</a>',
        '<a href="../other.html">x</a>',
        "<a name=x>x</a>",
        '<!-- <a href="http://x.example">x</a> -->',
        "<script>'<a href=\"http://x.example\">'</script>",
        "<style>/*<a href=http://x.example>*/</STYLE >",
        "<p><code>http://x.example</code> <pre>http://x.example</pre> <tt>doi:10.1000/x</tt>",
        '<a href="../other.html">http://x.example</a> <a name=x>www.x.example</a>',
        "<textarea>http://x.example</textarea> <img src='http://x.example/a.png'> <title>http://x.example</title>",
        "<article href='http://x.example'>",
        "<script><a href=http://x.example>",
    ],
)
def test_what_is_no_web_link_is_left_out(text):
    assert read(text) == ()


def test_the_headings_above_a_link_are_its_path():
    links = read("""<h1>Top</h1><h2>One <i>a</i></h2><h3><a href='http://x.example/1'>Deep</a></h3>
        <p><a href='http://x.example/2'>x</a><h2>Two</h2><a href='http://x.example/3'>x</a>""")
    assert [link.headings for link in links] == [("Top", "One a", "Deep"), ("Top", "One a", "Deep"), ("Top", "Two")]


def test_a_day_beside_a_single_link_is_asserted():
    one, two, three = (
        read("""<ul><li><a href=http://x.example/1>A</a> <time datetime=2017-06-12T23:00:00-07:00>then</time>
        <li><a href=http://x.example/2>B</a> <a href=http://x.example/3>C</a> <time datetime=2018-01-01>x</time></ul>""")
    )
    assert [(claim.value, claim.kind, claim.how) for claim in one.asserted] == [
        ("2017-06-12", "asserted-by-note", "html:time")
    ]
    assert two.asserted == three.asserted == ()


def test_the_title_of_the_page_is_that_of_the_note():
    assert (
        read_html("a.html", "<title>My\n list &amp; more</title><svg><title>no</title></svg>").title == "My list & more"
    )


def test_links_that_are_not_closed_end_with_the_next_or_with_their_block():
    links = read("<p><a href=http://x.example/1>one <a href=http://x.example/2>two<p>three")
    assert [link.text for link in links] == ["one", "two"]


@given(st.text(alphabet="<>/a=\"' !-&;#ph1\n", max_size=200))
def test_tokens_cover_any_text_in_order(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
    read_html("a.html", text)


@pytest.mark.parametrize(
    "pattern", ["<a ", "<!--", "<a href='", "<script>", "<", "</", "<a href=http://x.y>a</a> ", "&#"]
)
def test_hostile_texts_are_read_to_their_end(pattern):
    read_html("a.html", pattern * (100_000 // len(pattern)))


TEXTS = {
    "address": ("<p>See http://x.example/a?b=1&amp;c=2.", "http://x.example/a?b=1&c=2", "bare-url", (8, 38)),
    "in bold": ("<b>http://x.example/a</b>!", "http://x.example/a", "bare-url", (4, 22)),
    "parted by tags": ("http://x.example/a<wbr>b<i>c</i> d", "http://x.example/abc", "bare-url", (1, 29)),
    "before a blank that is an entity": ("<p>&lt; www.x.example/a&nbsp;(b)", "http://www.x.example/a", "bare-url", (9, 24)),
    "identifier": ("<li>Turing, doi:10.1093/mind/LIX.236.433.", "https://doi.org/10.1093/mind/LIX.236.433", "bare-id", (13, 41)),
    "arXiv": ("<td>arXiv&nbsp;1412.6572v3</td>", "https://arxiv.org/abs/1412.6572v3", "bare-id", (5, 27)),
    "behind code": ("<code>a</code> http://x.example/a", "http://x.example/a", "bare-url", (16, 34)),
    "behind code that is never closed": ("</code>http://x.example/a", "http://x.example/a", "bare-url", (8, 26)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "url", "found", "columns"), TEXTS.values(), ids=TEXTS)
def test_text_cites_without_a_link(text, url, found, columns):
    (mention,) = read(text)
    assert (mention.url, mention.found, mention.text) == (url, found, "")
    assert (mention.column, mention.end_column) == columns


def test_links_and_addresses_of_a_text_come_in_their_order_with_one_sentence():
    mentions = read("<p>See <a href='http://a.example'>A</a> and http://b.example, <a href='http://c.example'>C</a>.")
    assert [each.url for each in mentions] == [f"http://{name}.example" for name in "abc"]
    assert {each.sentence for each in mentions} == {"See A and http://b.example, C."}


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (
            " (Jan Leike, March 30, 2023) is",
            [("date", "2023-03-30"), ("authors", [{"family": "Leike", "given": "Jan"}])],
        ),
        (" <i>(27.01.2022)</i>", [("date", "2022-01-27")]),
        (" (accessed 27.01.2022)", []),
        (" <a href='http://b.example'>(27.01.2022)</a>", []),
        (" (03/04/2021), 25/12/2020", [("date", "2021-04-03")]),
    ],
)
def test_brackets_behind_a_link_say_what_they_do_in_markdown(behind, said):
    mention = read(f"<p><a href='http://a.example'>A</a>{behind}</p>")[0]
    assert [(claim.field, claim.value) for claim in mention.asserted] == said


@pytest.mark.parametrize(
    "piece", ["http://x.example/a&amp;b ", "&amp;", "ISBN 9780199678112 ", "<b>doi:10.1000/x</b> ", "<code>"]
)
def test_a_long_text_is_read_to_its_end(piece):
    """Nothing is timed: what took the square of its length would hang here."""
    mentions = read(f"<p>{piece * 20_000}</p><a href='http://end.example'>x</a>")
    assert mentions[-1].url == "http://end.example"


def test_a_block_of_code_is_a_block_of_its_own():
    (link,) = read("One <a href='http://x.example'>x</a><pre>two http://y.example</pre>")
    assert link.sentence == "One x"


def test_a_heading_of_two_lines_is_one():
    note = read_html("a.html", "<h1>On <i>hedges</i><br/>(2024)</h1><p>a<br>b <a href='https://example.org/x'>c</a>")
    assert [(each.headings, each.sentence) for each in note.mentions] == [(("On hedges (2024)",), "b c")]
