"""Reading lists as other programs export them: a CSV whose header names a column of addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.errors import NoteError
from litdb.export.tabular import write_csv
from litdb.model import Identifier, Work
from litdb.notes import is_note, read_note
from litdb.notes.reading_list import read_reading_list

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","DOI","Url","Abstract Note"\r\n'
    '"AB12","journalArticle","2020","Ek, Ann","On ""hedges""","10.1000/A","https://example.org/a","One\r\ntwo."\r\n'
    '"CD34","webpage","2021","Ek, Ann","A page","","https://example.org/b",""\r\n'
    '"EF56","note","","","Only a note","","",""\r\n'
)
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp\n"
    "https://example.org/a,A story,What I marked,Archive,1661875149\n"
    "https://example.org/b,,,Unread,1661875150\n"
)
POCKET = "title,url,time_added,tags,status\nA story,https://example.org/a,1661875149,ai|hedges,unread\n"
RAINDROP = (
    "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    '1,A story,my remark,its excerpt,https://example.org/a,Hedges / Old,"ai, b",2022-08-30T15:59:09.000Z,,,false\n'
)
GOODREADS = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Exclusive Shelf,My Review\n"
    '7,The Alignment Problem,Brian Christian,"Christian, Brian",,="0393635821",="9780393635829",5,read,Good.\n'
    '8,No number,A,"A",,="",="",0,to-read,\n'
)
STORYGRAPH = (
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status\nA,B,,9780393635829,digital,read\nA,B,,ab12,,read\n"
)
HYPOTHESIS = (
    "Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags\n"
    "2024-01-02,ann,3,https://example.org/a,Public,Highlight,What it says,,\n"
)
NOTION = "Name,Tags,URL\nA page,ai,https://example.org/a\n"
SCIENCE = "Authors,Article Title,Source Title,DOI\nEk,On hedges,Hedges,10.1000/a\n"


def read(text):
    return read_reading_list("a.csv", text)


def test_a_row_is_a_mention_with_its_title_by_its_doi_first():
    note = read(ZOTERO)
    assert note.kind == "csv"
    assert [(each.url, each.target, each.text) for each in note.mentions] == [
        ("https://doi.org/10.1000/A", "10.1000/A", 'On "hedges"'),
        ("https://example.org/b", "https://example.org/b", "A page"),
    ]


def test_a_book_is_named_by_its_isbn_where_it_has_nothing_else():
    note = read("Title,ISBN,DOI,Url\nA,978-0-13-103805-9 0131038052,,\nB,0-13-103805-2,10.1000/a,\nC,1,,\n")
    assert [each.url for each in note.mentions] == [
        "https://openlibrary.org/isbn/9780131038059",
        "https://doi.org/10.1000/a",
    ]


def test_a_mention_is_the_whole_row_over_all_its_lines():
    places = [(each.line, each.column, each.end_line, each.end_column) for each in read(ZOTERO).mentions]
    assert places == [(2, 1, 3, 6), (4, 1, 4, 73)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (INSTAPAPER, [("A story", ("Archive",), "What I marked"), ("", ("Unread",), "")]),
        (POCKET, [("A story", (), "")]),
        (RAINDROP, [("A story", ("Hedges / Old",), "my remark")]),
        (GOODREADS, [("The Alignment Problem", ("read",), "Good.")]),
        (STORYGRAPH, [("A", (), "")]),
        (HYPOTHESIS, [("", (), "What it says")]),
        (NOTION, [("A page", (), "")]),
        (SCIENCE, [("On hedges", (), "")]),
    ],
)
def test_folders_are_headings_and_remarks_the_sentence(text, told):
    assert [(each.text, each.headings, each.sentence) for each in read(text).mentions] == told


@pytest.mark.parametrize(
    "text",
    [
        "Title;URL\nA, b;https://example.org/a\n",
        "title\tDOI\nA, b\thttps://doi.org/10.1000/a\n",
        "\n\nTitle,url\n\n'A, b',\nx,www.example.org/a",
        ' "Title" , "Url" \n"A", "https://example.org/a"',
    ],
)
def test_a_spreadsheet_may_have_written_it_in_its_own_way(text):
    assert len(read(text).mentions) == 1


def test_a_cell_that_is_no_address_is_told():
    note = read("title,url\nA,see my shelf\nB,https://example.org/b\n")
    assert [each.url for each in note.mentions] == ["https://example.org/b"]
    assert note.problems == ("a.csv:2: 'see my shelf' is neither a URL nor an arXiv id or DOI.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ZOTERO, True),
        (INSTAPAPER, True),
        ("\ufeff" + POCKET, True),
        ("\nTitle;DOI\n", True),
        ("Title,Author,ISBN13\nA,B,1\n", False),
        ("image_url,label\nhttps://example.org/a,1\n", False),
        ("1,2\nurl,doi\n", False),
        ("", False),
        ('"unclosed', False),
        (GOODREADS, True),
        (STORYGRAPH, True),
        (HYPOTHESIS, True),
        (NOTION, True),
        (SCIENCE, True),
        ("url\nhttps://example.org/a\n", True),
        ("DOI\n10.1000/a\n", True),
        ("time,status,url,agent\n1,200,https://example.org/a,curl\n", False),
        ("name,url\napi,https://example.org/a\n", False),
        ("doi,n\n10.1000/a,3\n", False),
        ("title,url\rA,https://example.org/a", True),
        ("\0title,url", True),
    ],
)
def test_a_csv_is_a_note_where_its_columns_are_those_of_a_reading_list(text, expected):
    assert is_note("a.csv", text.encode()) is expected


@given(st.binary(max_size=50))
def test_any_file_may_be_called_csv(content):
    assert is_note("a.csv", content) in (True, False)


def test_what_litdb_exports_is_no_note():
    exported = "".join(write_csv([Work(Identifier("url", "u"), (), "k", "webpage", "https://example.org/a")]))
    assert not is_note("works.csv", exported.encode())


def test_a_cell_without_end_is_told_in_a_sentence():
    with pytest.raises(NoteError, match=r"a\.csv cannot be read from line 2 on: "):
        read_note("a.csv", b'title,url\n"' + b"x" * 200_000, lambda _url: None)


def test_a_book_of_goodreads_is_named_by_its_isbn():
    assert [(each.target, each.url) for each in read(GOODREADS).mentions] == [
        ("9780393635829", "https://openlibrary.org/isbn/9780393635829")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_spreadsheet_may_write_other_unicode(encoding):
    content = "Title\tURL\nÜber\thttps://example.org/a\n".encode(encoding)
    assert is_note("a.tsv", content)
    assert [each.text for each in read_note("a.tsv", content, lambda _url: None).mentions] == ["Über"]
