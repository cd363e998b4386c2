import pytest

from litdb.notes.urllist import read_urls


def test_every_line_is_a_mention_with_its_place():
    note = read_urls("-", "https://example.org/a\n\n  http://example.org/b#part\t# a remark\r\n# nothing\n#x\n")
    assert [(m.line, m.column, m.end_column, m.url) for m in note.mentions] == [
        (1, 1, 22, "https://example.org/a"),
        (3, 3, 28, "http://example.org/b#part"),
    ]
    assert {mention.found for mention in note.mentions} == {"list"}
    assert note.problems == ()


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("arXiv:2209.00626v3", "https://arxiv.org/abs/2209.00626v3"),
        ("2209.00626", "https://arxiv.org/abs/2209.00626"),
        ("arxiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("doi:10.1000/a_b(c)", "https://doi.org/10.1000/a_b(c)"),
        ("10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("PMC1234567", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/"),
        ("978-0-13-110362-7", "https://openlibrary.org/isbn/9780131103627"),
        ("https://example.org/a,b.", "https://example.org/a,b."),
    ],
)
def test_bare_identifiers_stand_for_their_addresses(line, url):
    (mention,) = read_urls("x.urls", line).mentions
    assert (mention.target, mention.url) == (line, url)


@pytest.mark.parametrize(
    "line", ["hello", "hello world", "https://", "ftp://example.org/", "https://a.example b", "10", "0131103628"]
)
def test_what_is_no_address_is_a_problem_with_its_line(line):
    note = read_urls("x.urls", f"https://example.org/\n{line}\n")
    assert len(note.mentions) == 1
    (problem,) = note.problems
    assert problem.startswith(f"x.urls:2: '{line}' is neither")


def test_a_windows_shortcut_holds_one_address_under_its_title():
    note = read_urls(
        "dir/A page.url", "[{000214A0}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nURL=https://example.org/a#b\r\n"
    )
    (mention,) = note.mentions
    assert (mention.line, mention.column, mention.url, mention.text) == (4, 5, "https://example.org/a#b", "A page")


def test_a_macos_web_location_holds_one_address():
    text = "<plist><dict>\n<key>URL</key>\n\t<string>https://example.org/?a=1&amp;b=2</string></dict></plist>"
    (mention,) = read_urls("A page.webloc", text).mentions
    assert (mention.line, mention.column, mention.url) == (3, 10, "https://example.org/?a=1&b=2")


@pytest.mark.parametrize("mark", [",", ", ", "; ", " ", "|"])
def test_a_line_of_several_addresses_cites_each(mark):
    note = read_urls("-", f"https://a.example/x{mark}https://b.example/y\n")
    assert [(m.url, m.column) for m in note.mentions] == [
        ("https://a.example/x", 1),
        ("https://b.example/y", 20 + len(mark)),
    ]
    assert note.problems == ()


def test_an_address_within_an_address_is_one():
    (mention,) = read_urls(
        "-", "https://web.archive.org/web/2020/https://a.example/x,y?u=https://b.example/\n"
    ).mentions
    assert mention.url == "https://web.archive.org/web/2020/https://a.example/x,y?u=https://b.example/"
