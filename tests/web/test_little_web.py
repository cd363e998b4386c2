"""The little web is believable: real TLS through the standard variables, and sites that fail as sites do."""

from __future__ import annotations

import json
import time

import pytest
import requests

from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.server import LittleWeb
from litdb.demo.wire import at, page
from web.facts import INVENTED, seed_web

TAKES = "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/"


# The line


def test_a_host_is_itself_over_tls(ask, little_web):
    answer = ask(TAKES)
    assert answer.status_code == 200
    assert answer.url == TAKES
    assert [call.path for call in little_web.asked("www.cold-takes.com")] == ["/ai-could-defeat-all-of-us-combined/"]


def test_plain_http_goes_through_the_same_proxy(ask, little_web):
    assert ask("http://www.cold-takes.com/").status_code == 200
    assert little_web.log[-1].scheme == "http"


def test_one_line_serves_many_requests(ask, little_web, monkeypatch):
    minted = []
    monkeypatch.setattr(little_web, "line", lambda host, line=little_web.line: minted.append(host) or line(host))
    for _ in range(5):
        ask(TAKES)
    assert minted == ["www.cold-takes.com"]
    assert len(little_web.log) == 5


def test_an_unknown_host_is_not_reached_and_is_logged(ask, little_web):
    with pytest.raises(requests.exceptions.ProxyError, match="502"):
        ask("https://somewhere-else.example/")
    assert [(call.method, call.host) for call in little_web.log] == [("CONNECT", "somewhere-else.example")]
    assert little_web.asked() == []


def test_nobody_else_trusts_the_certificates(ask):
    import certifi

    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(TAKES, verify=certifi.where())


def test_the_log_keeps_headers_and_body(ask, little_web):
    ask("https://www.lesswrong.com/graphql", "POST", data=b'{"query": "{__typename}"}', headers={"X-Word": "yes"})
    (call,) = little_web.asked("www.lesswrong.com")
    assert (call.method, call.headers["x-word"], json.loads(call.body)) == ("POST", "yes", {"query": "{__typename}"})
    assert call.at <= time.monotonic()


def test_the_lower_case_variables_that_would_win_lead_here_too(little_web):
    environment = little_web.environment()
    assert environment["https_proxy"] == environment["HTTPS_PROXY"]
    assert environment["LITDB_PACE"] == "0"


def test_two_webs_at_once_do_not_clash():
    def fetch(web, host):
        environment = web.environment()
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(
                f"https://{host}/",
                proxies={"https": environment["HTTPS_PROXY"]},
                verify=environment["SSL_CERT_FILE"],
                timeout=2,
            )
        return answer.text

    with LittleWeb({"a.example": (at({"/": page("one")}),)}) as one:
        with LittleWeb({"a.example": (at({"/": page("two")}),)}) as two:
            assert [fetch(one, "a.example"), fetch(two, "a.example"), fetch(one, "a.example")] == ["one", "two", "one"]
        assert (len(one.log), len(two.log)) == (2, 1)
        assert fetch(one, "a.example") == "one"


# Keeping what has not changed


def test_a_page_that_is_known_is_not_sent_again(ask):
    first = ask(TAKES)
    again = ask(TAKES, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert ask(TAKES, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_day_of_last_change_serves_as_well():
    day = "Wed, 01 Feb 2023 12:00:00 GMT"
    with LittleWeb({"a.example": (at({"/": page("one", last_modified=day)}),)}) as web, requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": web.environment()["HTTPS_PROXY"]}
        session.verify = web.environment()["SSL_CERT_FILE"]
        assert session.get("https://a.example/", headers={"If-Modified-Since": day}, timeout=2).status_code == 304


# Faults

STATUSES = {
    "rate-limit-hour": 429,
    "rate-limit-second": 429,
    "bad-request": 400,
    "forbidden": 403,
    "not-found": 404,
    "gone": 410,
    "rate-limit": 429,
    "rate-limit-unsaid": 429,
    "rate-exceeded": 200,
    "server-error": 500,
    "unavailable": 503,
    "cloudflare": 403,
    "cloudflare-200": 200,
    "vercel": 429,
    "openreview": 403,
    "paywall": 200,
    "soft-404": 200,
    "empty": 200,
    "empty-feed": 200,
    "home": 302,
    "login": 302,
    "loop": 302,
    "to-loopback": 302,
    "to-file": 302,
}
BROKEN = {
    "truncated": requests.exceptions.ChunkedEncodingError,
    "timeout": requests.exceptions.ReadTimeout,
    "drop": requests.exceptions.ConnectionError,
    "unreachable": requests.exceptions.ProxyError,
    "bad-certificate": requests.exceptions.SSLError,
}
WORDS = {
    "rate-exceeded": "Rate exceeded.",
    "cloudflare-200": "Just a moment...",
    "vercel": "Vercel Security Checkpoint",
    "soft-404": "Page not found",
    "openreview": "ChallengeRequiredError",
    "empty-feed": "<opensearch:totalResults>0<",
}
LOCATIONS = {
    "home": "https://www.cold-takes.com/",
    "login": "https://www.cold-takes.com/login?next=/ai-could-defeat-all-of-us-combined/",
    "loop": TAKES,
    "to-loopback": "http://127.0.0.1/secret",
    "to-file": "file:///etc/hostname",
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_fault_gives_its_status(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    answer = ask(TAKES)
    assert answer.status_code == STATUSES[name]
    assert WORDS.get(name, "") in answer.text
    assert answer.headers.get("Location") == LOCATIONS.get(name)


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_breaks_the_line(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    with pytest.raises(BROKEN[name]):
        ask(TAKES, timeout=0.3)


@pytest.mark.parametrize("name", ["bomb", "endless"])
def test_a_fault_sends_more_than_anyone_wants(name, ask, little_web):
    little_web.fault("www.cold-takes.com", name)
    with ask(TAKES, stream=True) as answer:
        assert sum(len(answer.raw.read(1_000_000, decode_content=True)) for _ in range(3)) == 3_000_000


def test_a_fault_sends_a_byte_now_and_then(ask, little_web):
    little_web.fault("www.cold-takes.com", "drip")
    begun = time.monotonic()
    with ask(TAKES, stream=True) as answer:
        assert answer.raw.read(4) == b"<!DO"
    assert time.monotonic() - begun > 0.25


def test_every_fault_is_shown_above():
    assert set(FAULTS) == {*STATUSES, *BROKEN, "bomb", "endless", "drip"} - LINE_FAULTS


def test_a_fault_says_when_to_come_back(ask, little_web):
    little_web.fault("www.cold-takes.com", "rate-limit")
    assert ask(TAKES).headers["Retry-After"] == "120"


def test_a_fault_can_be_for_one_path_and_for_some_answers(ask, little_web):
    little_web.fault("www.cold-takes.com", "gone", path="/ai-could", times=2)
    assert [ask(TAKES).status_code for _ in range(3)] == [410, 410, 200]
    assert ask("https://www.cold-takes.com/").status_code == 200


def test_a_fault_is_mended(ask, little_web):
    little_web.fault("www.cold-takes.com", "gone")
    little_web.fault("aligned.substack.com", "gone")
    little_web.mend("www.cold-takes.com")
    assert ask(TAKES).status_code == 200
    assert ask("https://aligned.substack.com/").status_code == 410


def test_a_fault_that_does_not_exist_is_refused(little_web):
    with pytest.raises(KeyError, match="no fault; there are bad-certificate"):
        little_web.fault("arxiv.org", "tired")


def test_leaving_does_not_wait_for_those_who_hang():
    with seed_web() as web, requests.Session() as session:
        web.fault("arxiv.org", "timeout")
        session.trust_env = False
        with pytest.raises(requests.exceptions.ReadTimeout):
            session.get(
                "https://arxiv.org/",
                proxies={"https": web.environment()["HTTPS_PROXY"]},
                verify=web.environment()["SSL_CERT_FILE"],
                timeout=0.05,
            )
        begun = time.monotonic()
    assert time.monotonic() - begun < 1


# The facts


def test_every_seed_host_is_there():
    hosts = (
        "arxiv.org twitter.com www.engraved.blog openai.com aligned.substack.com www.deepmind.com www.lesswrong.com "
        "deepmindsafetyresearch.medium.com www.alignmentforum.org www.youtube.com bounded-regret.ghost.io "
        "www.cold-takes.com"
    )
    assert set(hosts.split()) <= set(seed_web().sites)
    assert "W26" in INVENTED
