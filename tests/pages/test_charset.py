"""Bytes to text: the declaration that counts, and what happens when it lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litdb.pages.charset import decode

META = '<meta charset="{}"><title>{}</title>'


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("naïve".encode(), "", "naïve"),
        ("naïve".encode("cp1252"), "", "naïve"),
        ("naïve".encode("cp1252"), "text/html; charset=utf-8", "na�ve"),
        ("naïve".encode(), "text/html; charset=us-ascii", "naïve"),
        ("\ufeffnaïve".encode(), "text/html; charset=iso-8859-1", "naïve"),
        ("\ufeffnaïve".encode("utf-16-le"), "", "naïve"),
        ("\ufeffnaïve".encode("utf-16-be"), "text/html; charset=utf-8", "naïve"),
        ("価格".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "価格"),
        ("価格".encode("euc-jp"), "text/html; charset=EUC-JP", "価格"),
        ("naïve".encode(), "text/html; charset=no-such-charset", "naïve"),
        ("naïve".encode(), "text/html; charset=utf-16", "naïve"),
        ("naïve".encode(), "text/html; charset=base64", "naïve"),
        (b"a\0b", "", "ab"),
    ],
)
def test_text_of_bytes(body, content_type, text):
    assert decode(body, {"content-type": content_type}) == text


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-2", "koi8-r", "gbk", "big5", "shift_jis", "utf-8"])
def test_meta_declaration_is_read(charset):
    word = {"koi8-r": "слово", "gbk": "价格", "big5": "價格", "shift_jis": "価格", "iso-8859-2": "řeka"}.get(
        charset, "café"
    )
    page = META.format(charset, word)
    assert decode(page.encode(charset), {}) == page


@given(
    st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-7", "idna", "punycode", "shift_jis", "hex", "rot13"])
)
def test_any_bytes_become_text_that_can_be_stored(body, charset):
    decode(body, {"content-type": f"text/html; charset={charset}"}).encode()
