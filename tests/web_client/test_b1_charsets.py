"""The title of a page is exact in 40 charsets and lies about them: byte order mark, header, meta, then the bytes."""

from __future__ import annotations

import codecs

import pytest

from litdb.model import Request
from litdb.pages.page import read_page
from litdb.web.client import Client
from web_client.figures import tell
from web_client.servers import answer, serving, site

WESTERN = "Gödel’s “naïve” café – 5 €"
LATIN = "Gödel et la théorie naïve"
CENTRAL = "Žluťoučký kůň – příliš"
TURKISH = "Şığ İstanbul çağı"
RUSSIAN = "Искусственный интеллект"
UKRAINIAN = "Штучний інтелект і ризик"
GREEK = "Τεχνητή νοημοσύνη"
HEBREW = "בינה מלאכותית"
ARABIC = "الذكاء الاصطناعي"
JAPANESE = "人工知能のリスク"
CHINESE = "人工智能的风险"
TAIWANESE = "人工智慧的風險"
KOREAN = "인공지능의 위험"
THAI = "ปัญญาประดิษฐ์"
VIETNAMESE = "Trí tuệ nhân tạo"
EMOJI = "Risks 🤖 of 𝒜I"


def page(title: str, charset: str, *, meta: str = "", header: str = "", bom: bytes = b"", before: str = ""):
    """A page in a charset, with what it says about that in its head and in the answer's header."""
    html = f"<!doctype html>{before}<html><head>{meta}<title>{title}</title></head><body><p>x</p></body></html>"
    return title, bom + html.encode(charset), f"text/html{header}"


def declared(charset: str, as_: str = "") -> str:
    return f'<meta charset="{as_ or charset}">'


def equivalent(charset: str) -> str:
    return f"<meta http-equiv='Content-Type' content='text/html; charset={charset}'>"


PAGES = {
    # a byte order mark decides
    "BOM of UTF-8": page(EMOJI, "utf-8", bom=codecs.BOM_UTF8),
    "BOM of UTF-8, header lies": page(RUSSIAN, "utf-8", bom=codecs.BOM_UTF8, header="; charset=windows-1251"),
    "BOM of UTF-8, meta lies": page(WESTERN, "utf-8", bom=codecs.BOM_UTF8, meta=declared("iso-8859-1")),
    "BOM of UTF-16, little": page(JAPANESE, "utf-16-le", bom=codecs.BOM_UTF16_LE),
    "BOM of UTF-16, big, header lies": page(GREEK, "utf-16-be", bom=codecs.BOM_UTF16_BE, header="; charset=utf-8"),
    # then the header
    "header: UTF-8": page(EMOJI, "utf-8", header="; charset=utf-8"),
    "header: quoted, upper case": page(EMOJI, "utf-8", header='; CHARSET="UTF-8"'),
    "header: with other parameters": page(RUSSIAN, "koi8-r", header="; profile=x; charset=koi8-r; y=z"),
    "header: windows-1252": page(WESTERN, "windows-1252", header="; charset=windows-1252"),
    "header: iso-8859-1 that is windows-1252": page(WESTERN, "windows-1252", header="; charset=ISO-8859-1"),
    "header: ascii that is windows-1252": page(LATIN, "windows-1252", header="; charset=us-ascii"),
    "header: iso-8859-2": page("Žluťoučký kůň", "iso-8859-2", header="; charset=iso-8859-2"),
    "header: iso-8859-9": page(TURKISH, "iso-8859-9", header="; charset=iso-8859-9"),
    "header: iso-8859-15": page("Œuvre à 5 €", "iso-8859-15", header="; charset=iso-8859-15"),
    "header: windows-1250": page(CENTRAL, "windows-1250", header="; charset=windows-1250"),
    "header: windows-1251": page(RUSSIAN, "windows-1251", header="; charset=windows-1251"),
    "header: koi8-u": page(UKRAINIAN, "koi8-u", header="; charset=koi8-u"),
    "header: iso-8859-7": page(GREEK, "iso-8859-7", header="; charset=iso-8859-7"),
    "header: windows-1255": page(HEBREW, "windows-1255", header="; charset=windows-1255"),
    "header: windows-1256": page(ARABIC, "windows-1256", header="; charset=windows-1256"),
    "header: windows-1258": page("Trí tu", "windows-1258", header="; charset=windows-1258"),
    "header: Shift_JIS": page(JAPANESE, "shift_jis", header="; charset=Shift_JIS"),
    "header: EUC-JP": page(JAPANESE, "euc-jp", header="; charset=euc-jp"),
    "header: ISO-2022-JP": page(JAPANESE, "iso-2022-jp", header="; charset=iso-2022-jp"),
    "header: GBK": page(CHINESE, "gbk", header="; charset=gbk"),
    "header: GB2312 that is GBK": page("朱镕基与人工智能", "gbk", header="; charset=gb2312"),
    "header: GB18030": page(EMOJI, "gb18030", header="; charset=gb18030"),
    "header: Big5": page(TAIWANESE, "big5", header="; charset=big5"),
    "header: EUC-KR": page(KOREAN, "euc-kr", header="; charset=euc-kr"),
    "header: TIS-620": page(THAI, "tis-620", header="; charset=tis-620"),
    "header over meta": page(RUSSIAN, "windows-1251", header="; charset=windows-1251", meta=declared("koi8-r")),
    # then the page itself
    "meta: UTF-8": page(VIETNAMESE, "utf-8", meta=declared("utf-8")),
    "meta: http-equiv": page(RUSSIAN, "windows-1251", meta=equivalent("windows-1251")),
    "meta: unquoted": page(RUSSIAN, "koi8-r", meta="<META CHARSET=KOI8-R>"),
    "meta: Shift_JIS": page(JAPANESE, "shift_jis", meta=equivalent("Shift_JIS")),
    "meta: EUC-KR": page(KOREAN, "euc-kr", meta=declared("euc-kr")),
    "meta: says UTF-16 and cannot be": page(JAPANESE, "utf-8", meta=declared("utf-16")),
    "meta: behind a comment": page(GREEK, "windows-1253", before="<!-- " + "x" * 900 + " -->", meta=declared("windows-1253")),
    # then the bytes
    "nothing said, UTF-8": page(EMOJI, "utf-8"),
    "nothing said, windows-1252": page(WESTERN, "windows-1252"),
    "nothing said, ASCII": page("Plain", "ascii"),
    # lies
    "header says iso-8859-1, bytes are UTF-8": page(WESTERN, "utf-8", header="; charset=iso-8859-1"),
    "header says Shift_JIS, bytes are UTF-8": page(EMOJI, "utf-8", header="; charset=shift_jis"),
    "header says UTF-8, meta says windows-1251 and is right": page(RUSSIAN, "windows-1251", header="; charset=utf-8", meta=declared("windows-1251")),
    "header names no charset, meta does": page(RUSSIAN, "windows-1251", header="; charset=nonsense", meta=declared("windows-1251")),
    "header is empty, meta is not": page(RUSSIAN, "koi8-r", header="; charset=", meta=declared("koi8-r")),
    "a codec that is no charset": page(EMOJI, "utf-8", header="; charset=rot13", meta=declared("base64")),
}  # fmt: skip


@pytest.fixture(scope="module")
def titles():
    """What the title of every page is read to be, over the wire."""
    client = Client(deadline=5, allow_private=frozenset({"127.0.0.1"}))
    pages = {f"/{n}": answer(200, body, Content_Type=kind) for n, (_, body, kind) in enumerate(PAGES.values())}
    read = {}
    with serving(site(pages)) as server:
        for n, what in enumerate(PAGES):
            ended = client.fetch(Request("test", server.url(f"/{n}"), ()))
            title = read_page(ended.body, ended.headers, ended.url).best("title")
            read[what] = title.value if title else ""
    return read


def test_titles_are_exact_in_every_charset(titles, record_property):
    wrong = {what: title for what, title in titles.items() if title != PAGES[what][0]}
    tell(record_property, f"charsets: {len(PAGES)} pages, {len(PAGES) - len(wrong)} titles exact")
    assert len(PAGES) >= 40
    assert wrong == {}
