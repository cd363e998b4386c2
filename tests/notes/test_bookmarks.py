from litdb.notes.bookmarks import read_bookmarks

EXPORT = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">AI &amp; more</H3>
    <DL><p>
        <DT><A HREF="https://example.org/a" ADD_DATE="1661875149" ICON="data:x">A &amp; B</A>
        <DD>My remark
        <DT><H3>Below</H3>
        <DL><p>
            <DT><A HREF="https://example.org/b">B</A>
        </DL><p>
        <DT><A HREF="https://example.org/c">C</A>
    </DL><p>
    <DT><A HREF="place:sort=8">Recent</A>
    <DT><A HREF="javascript:alert(1)">Do</A>
    <DT><A HREF="https://example.org/d" ADD_DATE="0">D</A>
</DL>
"""


def test_every_web_bookmark_is_a_mention_with_its_place():
    note = read_bookmarks("a.html", EXPORT)
    assert (note.kind, note.title) == ("bookmarks", "Bookmarks")
    assert [mention.url[-1] for mention in note.mentions] == list("abcd")
    first = note.mentions[0]
    assert (first.found, first.text, first.sentence) == ("bookmark", "A & B", "My remark")
    assert (first.line, first.column, first.end_line, first.end_column) == (8, 13, 8, 94)


def test_folders_are_headings():
    headings = [mention.headings for mention in read_bookmarks("a.html", EXPORT).mentions]
    assert headings == [("AI & more",), ("AI & more", "Below"), ("AI & more",), ()]


def test_the_day_of_adding_is_no_date_of_the_work():
    note = read_bookmarks("a.html", EXPORT)
    assert note.front_matter["added"] == ["2022-08-30T15:59:09Z", "", "", ""]
    assert all(mention.asserted == () for mention in note.mentions)


def test_an_export_without_bookmarks_is_an_empty_note():
    note = read_bookmarks("a.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>x</TITLE></DL></DL>")
    assert (note.mentions, note.front_matter) == ((), {})


def test_a_description_cites_too():
    export = EXPORT.replace("My remark", "Cf. https://example.org/e?x=1&amp;y=2, and\n  arXiv:2209.00626.")
    note = read_bookmarks("a.html", export)
    assert [mention.url for mention in note.mentions][:4] == [
        "https://example.org/a",
        "https://example.org/e?x=1&y=2",
        "https://arxiv.org/abs/2209.00626",
        "https://example.org/b",
    ]
    cited = note.mentions[1:3]
    assert [(each.found, each.line, each.column, each.end_column) for each in cited] == [
        ("bare-url", 9, 17, 50),
        ("bare-id", 10, 3, 19),
    ]
    assert {each.sentence for each in note.mentions[:3]} == {"Cf. https://example.org/e?x=1&y=2, and arXiv:2209.00626."}
    assert cited[0].headings == ("AI & more",)
    assert note.front_matter["added"] == ["2022-08-30T15:59:09Z", *[""] * 5]


def test_the_description_of_a_folder_is_no_description_of_the_bookmark_before():
    export = EXPORT.replace("<DD>My remark", "").replace("Below</H3>", "Below</H3>\n<DD>Cf. https://example.org/e")
    mentions = read_bookmarks("a.html", export).mentions
    assert [(each.url[-1], each.sentence) for each in mentions[:3]] == [
        ("a", ""),
        ("e", "Cf. https://example.org/e"),
        ("b", ""),
    ]


def test_a_bookmark_that_the_file_cuts_off_ends_with_it():
    (mention,) = read_bookmarks(
        "a.html", '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DT><A HREF="https://a.example/">Cut o'
    ).mentions
    assert (mention.text, mention.end_line, mention.end_column) == ("Cut o", 2, 39)
