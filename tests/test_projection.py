"""From evidence to works: whatever order it comes in, nothing is lost, keys hold, and the user's word can be taken back."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from litdb.citations import citations
from litdb.corrections import Word
from litdb.database.library import PRIMARY_KEYS
from litdb.model import Attempt, Claim, Identifier, Mention, Name, Note, Record, Relation
from litdb.projection import Evidence, shelve
from litdb.rows import ids_of, tables
from litdb.sources import identify

URLS = (
    "https://arxiv.org/abs/2209.00626",
    "https://arxiv.org/pdf/2209.00626v2.pdf",
    "https://arxiv.org/abs/1706.03762",
    "https://www.lesswrong.com/posts/KbyRPCAsWv5GtfrbG/a-post",
    "https://www.lesswrong.com/posts/KbyRPCAsWv5GtfrbG/a-post?commentId=AAAAAAAAAAAAAAAAA",
    "https://www.alignmentforum.org/s/AAAAAAAAAAAAAAAAA",
    "https://twitter.com/goodside/status/1603862969276051457",
    "https://example.org/a",
    "https://example.org/a?utm_source=x#part",
    "https://example.org/b",
    "https://almanac.example/frost/",
    "not a url",
    "https://-bad-.example/",
)
WORKS = tuple(
    dict.fromkeys(identify(url).identifier for url in URLS if url.startswith("https://") and "-bad-" not in url)
)
UNIQUE_KEYS = ("ngo2022", "frost", "a")
KEYS = (*UNIQUE_KEYS, "Ngo2022")
TITLES = ("", "Frost dates", "The alignment problem", "Frost dates, kept honestly")
PEOPLE = ((), ("Ada Fernsby",), ("Ada Fernsby", "Bram Oakes"))
DATES = ("2019", "2022-08-30", "2022-08-30T23:30:00-07:00", "2019-05")
TIMES = ("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z")
KINDS = ("comment-on", "part-of", "version-of", "cites")

examples = settings(deadline=None, max_examples=60)
works = st.sampled_from(WORKS)
pairs = st.tuples(works, works).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: tuple(sorted(pair)))


@st.composite
def claims(draw):
    """Some of title, people and date, one at least."""
    names = [{"literal": name} for name in draw(st.sampled_from(PEOPLE))]
    found = (
        Claim("title", draw(st.sampled_from(TITLES)), "made:title"),
        Claim("authors", names, "made:people"),
        Claim("date", draw(st.sampled_from(DATES)), "made:date", kind="posted"),
    )
    return tuple(draw(st.lists(st.sampled_from(found), unique_by=lambda claim: claim.field, min_size=1)))


@st.composite
def records(draw):
    """What a source says of a work, what it names besides, and how that relates to others."""
    identifier, at = draw(works), draw(st.sampled_from(TIMES))
    said, same = draw(claims()), tuple(draw(st.lists(works, max_size=2, unique=True)))
    others = draw(st.lists(works.filter(lambda each: each != identifier), max_size=2, unique=True))
    relations = tuple(Relation(identifier, draw(st.sampled_from(KINDS)), other, "made") for other in others)
    return Record(
        source=draw(st.sampled_from(("arxiv", "forum", "page"))),
        identifier=identifier,
        claims=said,
        same=same,
        relations=relations,
        at=at,
        answer=f"{at}{said}{same}{relations}",
    )


@st.composite
def markdown_notes(draw, path):
    """A note with some links and keys, one in a line; some stand in comments."""
    mentions = [
        Mention(
            note=path,
            line=line,
            column=1,
            end_line=line,
            end_column=9,
            target=target,
            found=draw(st.sampled_from(("inline-link", "bare-url", "comment"))),
            url="" if target.startswith("@") else target,
            text=draw(st.sampled_from(("", "the words", "other words"))),
        )
        for line, target in enumerate(draw(st.lists(st.sampled_from((*URLS, *(f"@{key}" for key in KEYS))))), 1)
    ]
    return Note(path, "markdown", "0", mentions=tuple(mentions))


@st.composite
def bibliographies(draw, path):
    """A `.bib` with some entries."""
    entries = draw(st.dictionaries(st.sampled_from(KEYS), st.tuples(works, claims()), max_size=3))
    numbered = [(line, key, *entry) for line, (key, entry) in enumerate(entries.items(), 1)]
    return Note(
        path,
        "bib",
        "0",
        mentions=tuple(Mention(path, line, 1, line, 9, f"@{key}", "bib-entry") for line, key, _, _ in numbered),
        records=tuple(Record("bib", work, said, place=f"{path}:{line}") for line, _, work, said in numbered),
        keys=tuple((key, work) for _, key, work, _ in numbered),
    )


@st.composite
def words(draw):
    """What the user says of works, in such a way that nothing excludes anything."""
    same, apart = draw(st.lists(pairs, max_size=2, unique=True)), draw(st.lists(pairs, max_size=2, unique=True))
    return Word(
        records=tuple(Record("user", each, draw(claims()), place="c:1") for each in draw(st.sets(works, max_size=2))),
        same=tuple(pair for pair in same if pair not in apart),
        apart=tuple(apart),
        keys=draw(st.dictionaries(works, st.sampled_from(("mine", "ngo2022")), max_size=1)),
        aliases={"Ada Fernsby": Name("Fernsby", "Ada")},
    )


@st.composite
def evidence(draw):
    """Two notes and two bibliographies, what sources said, how asking ended, keys from runs before, the user's word."""
    made = [draw(markdown_notes(path)) for path in ("a.md", "b.md")]
    made += [draw(bibliographies(path)) for path in ("a.bib", "b.bib")]
    tried = draw(st.sets(st.tuples(works, st.sampled_from(("arxiv", "page"))), max_size=4))
    return Evidence(
        notes=tuple(made),
        records=tuple(draw(st.lists(records(), max_size=6))),
        attempts=tuple(Attempt(each, source, "ok", "", TIMES[0]) for each, source in sorted(tried)),
        keys=tuple(draw(st.dictionaries(st.sampled_from(UNIQUE_KEYS), works, max_size=3)).items()),
        word=draw(words()),
    )


def shelf_of(made):
    return shelve(made, identify, {})


def rows(made):
    """The library's tables as the database keeps them: one row for a primary key."""
    shelf = shelf_of(made)
    return {
        table: {tuple(row[each] for each in PRIMARY_KEYS[table]): row for row in found}
        for table, found in tables(shelf, ids_of(shelf.works)).items()
    }


def keys_of(shelf):
    """The current key of every identifier."""
    return {each: work.key for work in shelf.works for each in work.identifiers if work.key}


def remembering(made, shelf):
    """The evidence of the next run, whose journal has the keys of this one."""
    return replace(made, keys=(*made.keys, *((key, each) for each, key in sorted(shelf.new_keys.items()))))


def moved(made, shelf):
    """The keys that the user has moved from one half of what was split to the other."""
    was = dict(made.keys)
    halves = {frozenset(id(shelf.work_of[each]) for each in pair if each in shelf.work_of) for pair in made.word.apart}
    ends = {
        key: frozenset(id(shelf.work_of[each]) for each in (was[key], now) if each in shelf.work_of)
        for now, key in made.word.keys.items()
        if key in was
    }
    return {key for key, both in ends.items() if len(both) == 2 and both in halves}


def shuffled(found, random):
    return tuple(random.sample(found, len(found)))


@given(evidence(), st.randoms(use_true_random=False))
@examples
def test_the_order_of_records_attempts_and_words_does_not_matter(made, random):
    word = {name: shuffled(getattr(made.word, name), random) for name in ("records", "same", "apart")}
    came = {name: shuffled(getattr(made, name), random) for name in ("records", "attempts")}
    assert rows(replace(made, **came, word=replace(made.word, **word))) == rows(made)


@given(evidence(), st.randoms(use_true_random=False))
@settings(examples)
def test_the_order_of_notes_does_not_matter(made, random):
    assert rows(replace(made, notes=shuffled(made.notes, random))) == rows(made)


@given(evidence())
@examples
def test_no_mention_is_lost(made):
    found = rows(made)
    cited = [each for note in made.notes for each in note.mentions if each.found != "comment"]
    assert len(found["mentions"]) == len(cited)
    assert len(found["mentions"]) + len(found["passed_over"]) == sum(len(note.mentions) for note in made.notes)
    ids = {row["id"] for row in found["works"].values()}
    assert all(row["work"] in ids if row["work"] else row["problem"] for row in found["mentions"].values())


@given(evidence())
@examples
def test_every_cited_work_has_a_key_of_its_own_and_every_key_that_was_given_still_leads_to_its_work(made):
    shelf = shelf_of(made)
    leads_to = {}
    for work in shelf.works:
        assert work.key or not work.cited
        for key in (work.key, *work.former_keys) if work.key else ():
            assert leads_to.setdefault(key, work) is work
    for key, identifier in made.keys:
        if identifier in shelf.work_of and key not in moved(made, shelf):
            assert leads_to[key] is shelf.work_of[identifier]


@given(evidence())
@examples
def test_another_run_over_the_same_evidence_gives_no_new_key_and_the_same_works(made):
    shelf = shelf_of(made)
    again = shelf_of(remembering(made, shelf))
    assert again.new_keys == {}
    assert again.works == shelf.works


@given(evidence(), st.lists(claims(), min_size=6, max_size=6))
@examples
def test_another_title_date_or_name_changes_no_key(made, said):
    shelf = shelf_of(made)
    told = tuple(replace(record, claims=new) for record, new in zip(made.records, said, strict=False))
    later = replace(remembering(made, shelf), records=told)
    assert keys_of(shelf_of(later)) == keys_of(shelf)


def without_new_names(work):
    """A work without what it may have been called meanwhile: keys that stay its own, though it goes by the old one."""
    return replace(work, key=work.key if work.cited else "", former_keys=())


@given(evidence(), pairs, st.sampled_from(("same", "apart")))
@examples
def test_what_the_user_took_back_leaves_the_works_as_they_were(made, pair, said):
    before = shelf_of(made)
    made = remembering(made, before)
    excluded = {"same": "apart", "apart": "same"}[said]
    others = tuple(each for each in getattr(made.word, excluded) if each != pair)
    word = replace(made.word, **{said: (*getattr(made.word, said), pair), excluded: others})
    after = shelf_of(remembering(made, shelf_of(replace(made, word=word))))
    assert list(map(without_new_names, after.works)) == list(map(without_new_names, before.works))


@given(evidence(), pairs)
@examples
def test_the_users_word_on_sameness_holds(made, pair):
    one, other = pair
    notes = (*made.notes, Note("c.md", "markdown", "0", mentions=tuple(map(link, pair, (1, 2)))))
    joined = shelf_of(replace(made, notes=notes, word=Word(same=(pair,))))
    split = shelf_of(replace(made, notes=notes, word=Word(apart=(pair,))))
    assert joined.work_of[one] is joined.work_of[other]
    assert split.work_of[one] is not split.work_of[other]


@given(evidence())
@examples
def test_every_row_that_points_to_another_finds_it(made):
    found = rows(made)
    ids = {table: {row["id"] for row in found[table].values()} for table in ("works", "notes", "people", "records")}
    pointers = {
        "works": ("work", "subject", "object"),
        "notes": ("note",),
        "people": ("person",),
        "records": ("record",),
    }
    for table, rows_of_table in found.items():
        for row in rows_of_table.values():
            for target, columns in pointers.items():
                for column in columns:
                    if column in row and table != target and isinstance(row[column], int):
                        assert row[column] in ids[target], (table, column)


@given(evidence())
@examples
def test_every_work_has_something_to_be_shown_by(made):
    for work in shelf_of(made).works:
        assert work.label
        assert not work.title or work.label == work.title


def link(identifier, line, text=""):
    """A mention of a work in line `line` of c.md."""
    url = identifier.value if identifier.scheme == "url" else str(identifier)
    address = next((each for each in URLS[:-2] if identify(each).identifier == identifier), url)
    return Mention("c.md", line, 1, line, 9, address, "inline-link", url=address, text=text)


def labels(*mentions, said=()):
    """What the works of a note are shown by."""
    shelf = shelf_of(Evidence((Note("c.md", "markdown", "0", mentions=mentions),), said))
    return {str(work.identifier): (work.title, work.label) for work in shelf.works}


PAGE = Identifier("url", "https://example.org/a")
POST = identify(URLS[3]).identifier
COMMENT = identify(URLS[4]).identifier
TWEET = identify(URLS[6]).identifier


def test_a_page_without_a_title_is_shown_by_the_words_that_notes_use_most():
    found = labels(link(PAGE, 1, "another name"), link(PAGE, 2, "A name"), link(PAGE, 3, "A name"))
    assert found[str(PAGE)] == ("", "A name")


def test_words_that_only_point_are_no_name():
    assert labels(link(PAGE, 1, "this post"), link(PAGE, 2, "here"))[str(PAGE)] == ("", "example.org/a")
    assert labels(link(PAGE, 1, "here"), link(PAGE, 2, "here"), link(PAGE, 3, "A name"))[str(PAGE)] == ("", "A name")
    for words in (
        "Leave a comment",
        "Continue reading",
        "OpenReview",
        "[docs]",
        "Project Page",
        "статья",
        "Weiterlesen",
    ):
        assert labels(link(PAGE, 1, words))[str(PAGE)] == ("", "example.org/a")


def test_an_address_as_the_text_of_a_link_is_no_name():
    assert labels(link(PAGE, 1, "https://example.org/a"))[str(PAGE)] == ("", "example.org/a")


def test_a_tweet_is_never_shown_by_the_words_of_a_note():
    assert labels(link(TWEET, 1, "the words"))[str(TWEET)] == ("", "Tweet by @goodside")


def test_a_comment_is_shown_by_the_post_that_it_is_on():
    said = Record("forum", POST, (Claim("title", "A post", "made"),), at=TIMES[0])
    assert labels(link(COMMENT, 1), said=(said,))[str(COMMENT)] == ("", "Comment on “A post”")


def test_a_comment_that_is_only_cited_elsewhere_brings_its_post():
    paper = Identifier("arxiv", "2209.00626")
    said = Record("page", paper, relations=(Relation(paper, "cites", COMMENT, "made", URLS[4]),))
    shelf = shelf_of(Evidence((), (said,)))
    assert {COMMENT, POST} <= shelf.work_of.keys()


def test_what_a_relation_names_is_a_work_that_is_not_cited():
    shelf = shelf_of(Evidence((Note("c.md", "markdown", "0", mentions=(link(COMMENT, 1),)),)))
    assert {str(work.identifier): (work.cited, bool(work.key)) for work in shelf.works} == {
        str(COMMENT): (True, True),
        str(POST): (False, False),
    }


def test_a_key_that_no_bibliography_has_is_kept_with_the_reason():
    mention = Mention("c.md", 1, 1, 1, 9, "@nobody2022", "key")
    (found,) = citations([Note("c.md", "markdown", "0", mentions=(mention,))], (), identify)
    assert (found.identity, found.problem) == (None, "no bibliography among the notes has the key @nobody2022")


def test_a_key_means_what_a_bibliography_says_before_what_was_assigned():
    note = Note("c.md", "markdown", "0", mentions=(Mention("c.md", 1, 1, 1, 9, "@k", "key"),))
    bib = Note("c.bib", "bib", "0", keys=(("k", POST),))
    meant = [citations(notes, [("k", TWEET)], identify).identities[0].identifier for notes in ([note], [note, bib])]
    assert meant == [TWEET, POST]


def test_a_key_does_not_change_the_address_that_another_note_writes():
    url = "https://www.example.org/a/"
    page = identify(url).identifier
    key = Note("a.md", "markdown", "0", mentions=(Mention("a.md", 1, 1, 1, 9, "@k", "key"),))
    link = Note("b.md", "markdown", "1", mentions=(Mention("b.md", 1, 1, 1, 9, url, "bare-url", url=url),))
    assert {each.url for each in citations([key, link], [("k", page)], identify).identities} == {"", url}
    assert [each.url for each in citations([key], [("k", page)], identify).identities] == ["https://example.org/a"]


def test_mentions_of_one_address_share_what_it_means():
    url, other = "https://example.org/a", "https://example.org/b"
    mentions = tuple(
        Mention("c.md", n, 1, n, 9, each, "bare-url", url=each) for n, each in enumerate((url, other, url))
    )
    cited = citations([Note("c.md", "markdown", "0", mentions=mentions)], (), identify)
    assert list(cited.meant) == [0, 1, 0]
    assert [each.url for each in cited.identities] == [other, url]


def test_a_paper_of_the_acl_anthology_and_its_doi_are_one_work():
    paper, doi = Identifier("acl", "P19-1001"), Identifier("doi", "10.18653/v1/p19-1001")
    addresses = ("https://aclanthology.org/P19-1001/", "https://doi.org/10.18653/v1/P19-1001")
    mentions = tuple(
        Mention("c.md", n, 1, n, 9, each, "bare-url", url=each) for n, each in enumerate(addresses, start=1)
    )
    shelf = shelf_of(Evidence((Note("c.md", "markdown", "0", mentions=mentions),)))
    assert [work.identifiers for work in shelf.works] == [(doi, paper)]


def test_a_preprints_published_version_is_the_paper_of_the_acl_anthology_that_notes_cite():
    preprint, doi = Identifier("arxiv", "1906.01234"), Identifier("doi", "10.3115/v1/d14-1162")
    said = Record("arxiv", preprint, relations=(Relation(preprint, "version-of", doi, "atom:doi"),))
    mention = link(Identifier("url", "https://aclanthology.org/D14-1162/"), 1)
    shelf = shelf_of(Evidence((Note("c.md", "markdown", "0", mentions=(mention,)),), (said,)))
    assert shelf.work_of[doi] is shelf.work_of[Identifier("acl", "D14-1162")]
