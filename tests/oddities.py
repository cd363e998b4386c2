"""Notes with every oddity that a vault can have, as hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from litdb.notes.markers import BEGIN, END

ADDRESSES = (
    "https://arxiv.org/abs/2209.00626",
    "https://arxiv.org/pdf/2204.06974.pdf",
    "https://www.cold-takes.com/ai-could-defeat-all-of-us-combined/",
    "https://unknown.example/x_(y)",
)

_address = st.sampled_from(ADDRESSES)
_piece = st.one_of(
    st.sampled_from(
        [
            "words",
            "trailing blanks   ",
            "\ttabs\t",
            "ä — “quotes” 日本",
            "%% a comment %%",
            "<!-- another -->",
            "```",
            "~~~~",
            "    code",
            "> quoted",
            "- item",
            "1. one",
            "---",
            "| a | b |\n|---|---|",
            "[^1]: http://foot.example",
            "[label]: http://label.example 'title'",
            "## References",
            "## Sources",
            "$$x^2$$",
            "\\",
            "\x0c",
            "\u2028",
            "\u00a0",
            "`",
            BEGIN,
            END,
            f"> {BEGIN}",
            f"> {END}",
            f"{BEGIN}{END}",
            f"```\n{BEGIN}\n{END}\n```",
            f"{BEGIN}\nold words\n{END}",
            "",
            "",
        ]
    ),
    _address,
    _address.map(lambda url: f"[text](<{url}>)"),
    _address.map(lambda url: f"1. [text](<{url}>) (27.01.2022)"),
    _address.map(lambda url: f"2. [text](<{url}>) (a gloss)  "),
    _address.map(lambda url: f"- <{url}>"),
    _address.map(lambda url: f"> see {url}."),
)
_head = st.sampled_from(
    [
        "",
        "---\ntitle: x\nauthor: null\n---\n",
        "---\nhref: https://arxiv.org/abs/2209.00626\nauthor:\n---\n",
        "+++\na = 1\n+++\n",
    ]
)


def _joined(head: str, pieces: list[str], line_end: str, last: str, mark: str) -> bytes:
    text = head + "\n".join(pieces) + last
    return (mark + text).replace("\n", line_end).encode()


notes = st.builds(
    _joined,
    _head,
    st.lists(_piece, max_size=14),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["\n", "", "\n\n\n"]),
    st.sampled_from(["", "", "\ufeff"]),
)
