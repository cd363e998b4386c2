"""The crawl against a web of answers made by hand: who is asked, in which order, how often, and what is kept."""

import json
from collections import deque
from dataclasses import replace

import pytest

from litdb.budget import Budget, Within
from litdb.crawl import Crawl, Ended, Planned
from litdb.database.journal import Journal
from litdb.ladder import MOST_REQUESTS, later
from litdb.model import Answer, Failure, Identifier, Reading, Record, Request, Rung, Target
from litdb.sources.protocol import Source

NOW, HOURS, MONTHS = "2026-11-21T00:00:00Z", "2026-11-21T02:00:00Z", "2027-02-21T00:00:00Z"
ONE, TWO = Identifier("url", "https://one.example/a"), Identifier("url", "https://two.example/b")
PAPER = Identifier("arxiv", "2209.00626")


class Made(Source):
    """A source whose answers are JSON: `ends` an outcome, `same` further identifiers, `then` steps to ask further."""

    policies = ()

    def __init__(self, name, rung, schemes=("url",), together=False):
        self.name, self._rung, self._schemes, self._together = name, rung, schemes, together

    def identify(self, url):
        return None

    def rung(self, identifier):
        return self._rung if identifier.scheme in self._schemes else None

    def plan(self, wanted):
        if self._together:
            return [Request(self.name, f"https://{self.name}.example/all", tuple(wanted))]
        return [Request(self.name, f"https://{self.name}.example/{each.identifier.value[-1]}", (each,)) for each in wanted]  # fmt: skip

    def read(self, answer):
        said = json.loads(answer.body)
        asked = [each.identifier for each in answer.request.asked]
        same = tuple(map(Identifier.parse, said.get("same", ())))
        return Reading(
            records=tuple(Record(self.name, each, same=same) for each in asked),
            outcomes=dict.fromkeys(asked, (said["ends"], "so it says")) if "ends" in said else {},
            then=tuple(replace(answer.request, step=step) for step in said.get("then", ())),
        )


API, PAGE = Made("api", Rung.API), Made("page", Rung.PAGE)
REGISTRY = Made("registry", Rung.REGISTRY, ("arxiv",))


class MadeWeb:
    """A web that answers by source: with what it was given, or what that makes of the request. Others are silent."""

    def __init__(self, **answers):
        self._answers = answers
        self._waiting = deque()
        self.asked = []
        self.known = []
        self.has_answered = False

    def add(self, request, known):
        self.asked.append((request.source, request.step))
        self.known.append(known)
        self._waiting.append(request)
        return True

    def results(self):
        while self._waiting:
            request = self._waiting.popleft()
            said = self._answers.get(request.source, failure)
            result = said(request) if callable(said) else said
            ended = answer(request, result) if isinstance(result, dict) else result
            self.has_answered |= isinstance(ended, Answer) or ended.answer is not None
            yield ended


def answer(request, said, status=200, at=NOW):
    return Answer(request, status, {"content-type": "application/json"}, json.dumps(said).encode(), request.url, at)


def failure(request, outcome="unreachable", **more):
    return Failure(request, outcome, "nobody answers", more.pop("at", NOW), **more)


def ends(outcome, **more):
    return {"ends": outcome, **more}


@pytest.fixture
def journal(tmp_path):
    with Journal(tmp_path / "litdb.journal") as journal:
        yield journal


@pytest.fixture
def crawl(journal, monkeypatch):
    """Run a crawl: crawl(web, targets…) → its events."""

    def run(web, *targets, sources=(API, PAGE), now=NOW, refresh=frozenset()):
        monkeypatch.setattr("litdb.replay.source_named", {each.name: each for each in sources}.__getitem__)
        wanted = [Target(each) for each in targets or (ONE,)]
        return list(Crawl(journal, web, sources, lambda: now).run(wanted, refresh))

    return run


def ended(events):
    return [(each.attempt.source, each.attempt.outcome) for each in events if isinstance(each, Ended)]


def attempts_kept(journal):
    return journal._connection.execute("SELECT count(*) FROM attempts").fetchone()[0]


# The ladder


def test_an_answer_ends_the_climb(crawl):
    web = MadeWeb(api=ends("ok"), page=ends("ok"))
    assert ended(crawl(web)) == [("api", "ok")]
    assert web.asked == [("api", "ask")]


@pytest.mark.parametrize("outcome", ["partial", "not-found", "forbidden", "challenged", "unsupported"])
def test_where_the_best_source_does_not_answer_the_next_is_asked(crawl, outcome):
    web = MadeWeb(api=ends(outcome), page=ends("ok"))
    assert ended(crawl(web)) == [("api", outcome), ("page", "ok")]


def test_where_a_host_does_not_answer_the_next_source_is_asked(crawl):
    assert ended(crawl(MadeWeb(page=ends("ok")))) == [("api", "unreachable"), ("page", "ok")]


ARCHIVE = Made("archive", Rung.ARCHIVE)
REFUSALS = ["not-found", "gone", "forbidden", "challenged", "rate-limited", "timeout", "unreachable"]


@pytest.mark.parametrize("outcome", REFUSALS)
def test_the_archive_is_asked_where_the_site_refuses(crawl, outcome):
    web = MadeWeb(page=ends(outcome), archive=ends("ok"))
    assert ended(crawl(web, sources=(PAGE, ARCHIVE))) == [("page", outcome), ("archive", "ok")]


@pytest.mark.parametrize("outcome", ["partial", "paywalled", "unsupported", "not-a-work"])
def test_the_archive_is_left_alone_where_the_site_answers(crawl, outcome):
    assert ended(crawl(MadeWeb(page=ends(outcome)), sources=(PAGE, ARCHIVE))) == [("page", outcome)]


def test_the_archive_is_never_the_first_to_be_asked(crawl):
    assert crawl(MadeWeb(archive=ends("ok")), sources=(ARCHIVE,)) == []


def test_without_a_network_nobody_further_is_asked(crawl):
    urls = [Identifier("url", f"https://{name}.example/{name}") for name in "abc"]
    by_name = type("ByName", (Made,), {"plan": lambda self, wanted: [
        Request(self.name, each.identifier.value, (each,)) for each in wanted
    ]})  # fmt: skip
    web = MadeWeb()
    crawl(web, *urls, sources=(by_name("page", Rung.PAGE), ARCHIVE))
    assert web.asked == [("page", "ask")] * 3


def test_whoever_was_silent_before_the_first_answer_is_climbed_for_after_it(crawl):
    web = MadeWeb(page=lambda request: ends("ok") if "two" in request.url else failure(request), archive=ends("ok"))
    by_url = type("ByUrl", (Made,), {"plan": lambda self, wanted: [
        Request(self.name, each.identifier.value, (each,)) for each in wanted
    ]})  # fmt: skip
    events = crawl(web, ONE, TWO, sources=(by_url("page", Rung.PAGE), ARCHIVE))
    assert ended(events) == [("page", "unreachable"), ("page", "ok"), ("archive", "ok")]


def test_each_source_is_asked_once_in_a_run(crawl):
    web = MadeWeb()
    crawl(web, ONE, TWO)
    assert sorted(web.asked) == [("api", "ask"), ("api", "ask"), ("page", "ask"), ("page", "ask")]


def test_what_no_source_knows_is_not_asked_about(crawl):
    assert crawl(MadeWeb(), PAPER) == []


def test_one_request_asks_for_many_works_and_ends_for_each(crawl):
    together = Made("api", Rung.API, together=True)
    web = MadeWeb(api=ends("ok"))
    assert ended(crawl(web, ONE, TWO, sources=(together,))) == [("api", "ok"), ("api", "ok")]
    assert len(web.asked) == 1


def test_what_an_answer_does_not_mention_it_did_not_tell(crawl):
    (event,) = [each for each in crawl(MadeWeb(api={}), sources=(API,)) if isinstance(each, Ended)]
    assert (event.attempt.outcome, event.attempt.reason) == ("partial", "api did not say anything about it")


def test_a_request_is_announced_before_it_ends_and_the_address_is_told(crawl):
    first, second = crawl(MadeWeb(api=ends("ok")))
    assert isinstance(first, Planned)
    assert second.url == first.request.url == "https://api.example/a"


# Further requests


def test_further_requests_are_asked_and_the_last_word_counts(crawl, journal):
    web = MadeWeb(api=lambda request: ends("partial", then=["more"]) if request.step == "ask" else ends("ok"))
    crawl(web, sources=(API,))
    assert web.asked == [("api", "ask"), ("api", "more")]
    assert journal.attempts()[ONE, "api"].outcome == "ok"


def test_while_a_source_asks_further_the_next_waits(crawl):
    web = MadeWeb(
        api=lambda request: ends("partial", then=["more"]) if request.step == "ask" else ends("partial"),
        page=ends("ok"),
    )
    crawl(web)
    assert web.asked == [("api", "ask"), ("api", "more"), ("page", "ask")]


def test_a_work_costs_at_most_six_requests(crawl):
    web = MadeWeb(api=lambda request: ends("partial", then=[request.step + "+"]))
    crawl(web)
    assert len(web.asked) == MOST_REQUESTS == 6


def test_a_work_that_costs_much_leaves_the_others_theirs(crawl):
    def greedy(request):
        is_one = request.asked[0].identifier == ONE
        return ends("partial", then=[request.step + "+"]) if is_one else ends("ok")

    web = MadeWeb(api=greedy)
    crawl(web, ONE, TWO, sources=(API,))
    assert len(web.asked) == MOST_REQUESTS + 1


def test_identifiers_found_on_the_way_are_asked_for(crawl, journal):
    web = MadeWeb(page=ends("ok", same=[str(PAPER), str(TWO)]), registry=ends("ok"))
    crawl(web, sources=(REGISTRY, PAGE))
    assert web.asked == [("page", "ask"), ("registry", "ask")]
    assert journal.attempts()[PAPER, "registry"].outcome == "ok"


def test_an_identifier_that_is_asked_for_anyway_is_not_asked_twice(crawl):
    web = MadeWeb(page=ends("ok", same=[str(PAPER)]), registry=ends("ok"))
    crawl(web, ONE, TWO, PAPER, sources=(REGISTRY, PAGE))
    assert sorted(web.asked) == [("page", "ask"), ("page", "ask"), ("registry", "ask")]


# Pauses


def rate_limited(pause_days):
    def limit(request):
        return failure(request, "rate-limited", retry_at=later(NOW, pause_days))

    return limit


def test_a_short_pause_is_waited_for_once(crawl):
    web = MadeWeb(api=rate_limited(60 / 86400))
    assert ended(crawl(web, sources=(API,))) == [("api", "rate-limited")]
    assert web.asked == [("api", "ask"), ("api", "ask")]


def test_after_a_short_pause_the_answer_counts(crawl):
    replies = iter([rate_limited(60 / 86400), ends("ok")])

    def reply(request):
        said = next(replies)
        return said(request) if callable(said) else said

    web = MadeWeb(api=reply)
    assert ended(crawl(web, sources=(API,))) == [("api", "ok")]


def test_a_long_pause_is_kept_for_the_next_run(crawl, journal):
    web = MadeWeb(api=rate_limited(1))
    crawl(web, sources=(API,))
    assert web.asked == [("api", "ask")]
    assert journal.attempts()[ONE, "api"].retry_at == later(NOW, 1)
    assert crawl(MadeWeb(api=ends("ok")), sources=(API,), now=HOURS) == []


# The next run


def test_what_is_fresh_is_not_asked_again(crawl, journal):
    crawl(MadeWeb(api=ends("ok")))
    stamp = journal.stamp()
    web = MadeWeb(api=ends("ok"))
    assert crawl(web, now=HOURS) == []
    assert (web.asked, journal.stamp()) == ([], stamp)


def test_what_is_due_or_refreshed_is_asked_with_the_answer_that_may_still_stand(crawl):
    crawl(MadeWeb(api=ends("ok")))
    for web, more in ((MadeWeb(api=ends("ok")), {"now": MONTHS}), (MadeWeb(api=ends("ok")), {"refresh": {ONE}})):
        crawl(web, **more)
        assert [json.loads(known.body) for known in web.known] == [ends("ok")]


def test_not_modified_means_that_the_old_answer_still_stands(crawl, journal):
    crawl(MadeWeb(api=ends("ok")))
    (first,) = journal.answers()
    web = MadeWeb(api=lambda request: answer(request, {}, 304, MONTHS))
    assert ended(crawl(web, now=MONTHS)) == [("api", "ok")]
    assert list(journal.answers()) == [first]
    assert journal.attempts()[ONE, "api"].fresh_until > MONTHS
    assert crawl(MadeWeb(), now=later(MONTHS, 1)) == []


def test_a_refusal_is_told_from_the_answer_before_any_source_reads_it(crawl, journal):
    def wall(request):
        return Answer(request, 403, {"cf-mitigated": "challenge"}, b"<title>Just a moment...</title>", request.url, NOW)

    web = MadeWeb(api=wall, page=ends("ok"))
    assert ended(crawl(web)) == [("api", "challenged"), ("page", "ok")]
    assert len(list(journal.answers())) == 2


def test_a_machine_without_network_repeats_nothing_in_its_journal(crawl, journal):
    def unplugged(request):
        return failure(request, retry_at=NOW)

    for _ in range(3):
        assert ended(crawl(MadeWeb(api=unplugged), sources=(API,))) == [("api", "unreachable")]
    assert attempts_kept(journal) == 1


def test_an_answer_once_had_is_not_undone_by_a_later_failure(crawl, journal):
    crawl(MadeWeb(api=ends("ok")), sources=(API,))
    crawl(MadeWeb(), sources=(API,), now=MONTHS)
    assert journal.attempts()[ONE, "api"].outcome == "unreachable"
    assert journal.endings()[ONE, "api"].outcome == "ok"


@pytest.mark.parametrize(("has_answered", "retry_at"), [(False, NOW), (True, "2026-11-21T01:00:00Z")])
def test_silence_is_the_sites_own_once_anybody_has_answered_be_it_a_robots_txt(crawl, journal, has_answered, retry_at):
    web = MadeWeb()
    web.has_answered = has_answered
    crawl(web, sources=(API,))
    assert journal.attempts()[ONE, "api"].retry_at == retry_at


# Cut off


class CutOff(MadeWeb):
    """A web on which the user gives up after so many results."""

    def __init__(self, results, **answers):
        super().__init__(**answers)
        self._left = results

    def results(self):
        for result in super().results():
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            yield result


def test_what_was_learnt_before_an_interruption_is_not_asked_again(crawl, journal):
    with pytest.raises(KeyboardInterrupt):
        crawl(CutOff(1, api=ends("ok")), ONE, TWO, sources=(API,))
    web = MadeWeb(api=ends("ok"))
    crawl(web, ONE, TWO, sources=(API,))
    assert len(web.asked) == 1
    assert {identifier for identifier, _ in journal.attempts()} == {ONE, TWO}


def test_a_budget_that_ends_between_two_questions_leaves_the_second_to_the_next_run(crawl):
    def says(request):
        return answer(request, {"then": ["names"]} if request.step == "ask" else ends("ok"))

    first, second = MadeWeb(api=says), MadeWeb(api=says)
    assert ended(crawl(Within(first, Budget(requests=1)), sources=(API,))) == []
    assert ended(crawl(second, sources=(API,))) == [("api", "ok")]
    assert (first.asked, second.asked) == ([("api", "ask")], [("api", "names")])


def test_an_answer_that_was_kept_but_not_read_is_read_by_the_next_run(crawl, journal):
    request = Request("api", "https://api.example/a", (Target(ONE),))
    ident = journal.keep(answer(request, ends("ok")))
    web = MadeWeb(api=ends("ok"))
    assert ended(crawl(web, now=HOURS)) == [("api", "ok")]
    assert web.asked == []
    assert journal.attempts()[ONE, "api"].answer == ident


def test_an_answer_whose_source_is_gone_waits_in_the_journal(crawl, journal):
    journal.keep(answer(Request("plug-in", "https://x.example/", (Target(ONE),)), ends("ok")))
    assert ended(crawl(MadeWeb(api=ends("ok")))) == [("api", "ok")]
    assert len(list(journal.unsettled())) == 1
