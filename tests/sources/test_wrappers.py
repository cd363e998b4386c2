"""Addresses that carry another."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest

from litdb.errors import InvalidUrl
from litdb.sources import identify
from litdb.sources.wrappers import unwrap
from litdb.text.urls import read_url

PLAIN = "https://example.org/a/b?x=1&y=2"
QUOTED = "https%3A%2F%2Fexample.org%2Fa%2Fb%3Fx%3D1%26y%3D2"
BASE_64 = urlsafe_b64encode(PLAIN.encode()).decode().rstrip("=")
TOKEN = urlsafe_b64encode(b'{"e":"%b","p":1,"s":2}' % PLAIN.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "wrapped",
    [
        f"https://web.archive.org/web/20230705120000/{PLAIN}",
        f"https://web.archive.org/web/20230705120000id_/{PLAIN}",
        f"http://web.archive.org/web/2023/{PLAIN}",
        f"https://web.archive.org/web/*/{PLAIN}",
        f"https://web.archive.org/web/{PLAIN}",
        f"https://web.archive.org/save/{PLAIN}",
        f"https://archive.ph/{PLAIN}",
        f"https://archive.today/newest/{PLAIN}",
        f"https://archive.is/2023.07.05-120000/{PLAIN}",
        f"https://arquivo.pt/wayback/20230705120000/{PLAIN}",
        f"https://www.google.com/url?sa=t&q={QUOTED}&usg=z",
        f"https://www.google.co.uk/url?q=&url={QUOTED}",
        "https://www.google.com/amp/s/example.org/a/b?x=1&y=2",
        "https://example-org.cdn.ampproject.org/c/s/example.org/a/b?x=1&y=2",
        "https://example-org.cdn.ampproject.org/v/s/example.org/a/b?x=1&y=2",
        f"https://scholar.google.com/scholar_url?url={QUOTED}&hl=en",
        f"https://translate.google.com/translate?sl=de&u={QUOTED}",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=z",
        f"https://www.lesswrong.com/out?url={QUOTED}",
        f"https://www.alignmentforum.org/out?url={QUOTED}",
        f"https://forum.effectivealtruism.org/out?url={QUOTED}",
        f"https://slack-redir.net/link?url={QUOTED}",
        f"https://t.umblr.com/redirect?z={QUOTED}&t=z",
        f"https://steamcommunity.com/linkfilter/?url={QUOTED}",
        f"https://www.youtube.com/redirect?q={QUOTED}",
        f"https://www.linkedin.com/redir/redirect?url={QUOTED}",
        f"https://out.reddit.com/t3_x?url={QUOTED}",
        f"https://out.reddit.com?url={QUOTED}",
        f"https://medium.com/m/global-identity-2?redirectUrl={QUOTED}",
        f"https://duckduckgo.com/l/?uddg={QUOTED}",
        f"https://eur01.safelinks.protection.outlook.com/?url={QUOTED}&data=z",
        f"https://nam10.safelinks.protection.outlook.com/ap/w-59584e83/?url={QUOTED}&data=z",
        f"https://12ft.io/{PLAIN}",
        f"https://12ft.io/{QUOTED}",
        f"https://12ft.io/proxy?q={QUOTED}",
        f"https://r.jina.ai/{PLAIN}",
        f"https://via.hypothes.is/{PLAIN}",
        "https://hyp.is/Aq4ZDmlLEe2BwGsMcqxXlA/example.org/a/b?x=1&y=2",
        f"https://hyp.is/go?url={QUOTED}&group=z",
        f"https://urldefense.com/v3/__{PLAIN}__;!!Mih3wA!z$",
        "https://urldefense.com/v3/__https://example.org/a/b*x=1**Ay=2__;PyY!!Mih3wA!z$".replace("**A", "*"),
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a_b-3Fx-3D1-26y-3D2&d=DwMFaQ&c=z&r=z&m=z&s=z&e=",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=z",
        f"https://linkprotect.cudasvc.com/url?a={QUOTED}&c=E,1,z&typo=1",
        f"https://secure-web.cisco.com/1AbCdEfGhIjKlMnOpQrStUv-_z/{QUOTED}",
        f"https://protect2.fireeye.com/v1/url?k=z&q=1&e=z&u={QUOTED}",
        f"https://www.bing.com/ck/a?!&&p=z&u=a1{BASE_64}&ntb=1",
        f"https://click.example.net/ls/z/{BASE_64}",
        f"https://substack.com/redirect/2/{TOKEN}.c2lnbmVk?utm_source=z",
        f"https://www.researchgate.net/deref/{QUOTED}",
        f"https://link.zhihu.com/?target={QUOTED}",
        f"https://example.net/go-wild?ac=2&url={QUOTED}",
        f"https://example.net/user/redirect/?to={QUOTED}&from=z",
        f"https://mirror.example.net/{PLAIN}",
        f"https://mirror.example.net/{QUOTED}",
        f"https://webcache.googleusercontent.com/search?q=cache:AbCdEfGh-123:{QUOTED}+hedges&hl=en",
        "https://webcache.googleusercontent.com/search?q=cache%3Aexample.org%2Fa%2Fb%3Fx%3D1%26y%3D2",
        "https://example-org.translate.goog/a/b?x=1&_x_tr_sl=de&y=2&_x_tr_tl=en",
    ],
)
def test_wrapper_gives_what_it_carries(wrapped):
    inner = unwrap(read_url(wrapped))
    assert inner is not None
    assert str(inner).replace("http://", "https://") == PLAIN


@pytest.mark.parametrize(
    ("wrapped", "carried"),
    [
        ("https://web.archive.org/web/2023/example.org/a", "https://example.org/a"),
        ("https://web.archive.org/web/2023/http:/example.org/a", "http://example.org/a"),
        ("https://web.archive.org/web/2023/http://example.org:80/a", "http://example.org/a"),
        ("https://web.archive.org/web/2023/https://example.org/a#part", "https://example.org/a#part"),
        ("https://www.google.com/url?q=https://example.org/C++", "https://example.org/C++"),
        ("https://urldefense.com/v3/__https://example.org/a*part__;Iw!!Mih3wA!z$", "https://example.org/a#part"),
        (
            "https://urldefense.com/v3/__https://example.org/**Bc__;w6TDtsO8!!z$",
            "https://example.org/%C3%A4%C3%B6%C3%BCc",
        ),
        ("https://my--site-example-org.translate.goog/a", "https://my-site.example.org/a"),
    ],
)
def test_what_was_lost_on_the_way_is_mended(wrapped, carried):
    assert str(unwrap(read_url(wrapped))) == carried


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/web/2023/https://example.com/",
        "https://example.org/out?url=https://example.com/",
        "https://web.archive.org/",
        "https://web.archive.org/details/texts",
        "https://web.archive.org/web/2023/mailto:a@example.org",
        "https://archive.ph/AbCdE",
        "https://archive.ph/faq.html",
        "https://www.google.com/url?q=alignment",
        "https://www.google.com/url",
        "https://www.lesswrong.com/out?url=/posts/x",
        "https://www.youtube.com/redirect?q=javascript:alert(1)",
        "https://hyp.is/Aq4ZDmlLEe2BwGsMcqxXlA",
        "https://urldefense.com/v3/__https://example.org/a*part",
        "https://urldefense.proofpoint.com/v2/url?d=z",
        "https://substack.com/redirect/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9?j=eyJ1IjoiMSJ9",
        "https://substack.com/redirect/2/bm90aGluZw.z",
        "https://example.org/aGVsbG8gd29ybGQ=",
        "https://img.example.org/aHR0cHM6Ly9leGFtcGxlLm9yZy9hLnBuZw.png",
        "https://validator.example.org/check?uri=https://example.org/a",
        "https://example.org/login?next=https://example.org/a",
        "https://example.org/goto?a=https://example.org/a&b=https://example.org/b",
        "https://linked.example.org/?target=https://example.org/a",
        "https://webcache.googleusercontent.com/search?q=hedges",
        "https://www.translate.goog/",
    ],
)
def test_nothing_usable_inside_is_nothing(url):
    assert unwrap(read_url(url)) is None


def nested(depth):
    return "https://web.archive.org/web/2023/" * depth + "https://doi.org/10.1038/nature14539"


def test_five_wrappers_are_taken_off():
    assert str(identify(nested(5)).identifier) == "doi:10.1038/nature14539"


@pytest.mark.parametrize("depth", [6, 2_000])
def test_deeper_nesting_is_refused(depth):
    with pytest.raises(InvalidUrl, match="more than 5"):
        identify(nested(depth))
