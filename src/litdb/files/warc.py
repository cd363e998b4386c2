"""Writing WARC 1.1, the format of web archives: kept answers as requests and responses, for litdb and for everybody.

iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1. What only litdb needs stands in `metadata`
records; one about an answer stands before the response that it refers to, so that reading needs no memory of pages.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from litdb.errors import LitdbError, UsageError
from litdb.files.replacing import aside
from litdb.model import Answer, Attempt, Identifier, Json
from litdb.text.secrets import is_secret_header, without_keys

if TYPE_CHECKING:
    from warcio.warcwriter import WARCWriter

AssignedKey: TypeAlias = tuple[str, Identifier, str]
"""A citation key, what it was given to, and when."""

ANSWER, ATTEMPTS, KEYS = (f"application/vnd.litdb.{each}+json" for each in ("answer", "attempts", "keys"))
"""The content types of litdb's `metadata` records: about one answer, or lists of rows of the journal."""

ATTEMPT = ("source", "outcome", "reason", "at", "answer", "retry_at", "fresh_until")
"""What is written of an attempt, behind its identifier."""

_FRAMING = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers about a body as it travelled; journal and WARC hold it unpacked."""

_BEGINNING = b"WARC/"
_ROWS = 1000
_CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True)
class Written:
    """How much a WARC holds, and the hosts whose answers are not in it, because a key stands in their addresses."""

    answers: int
    redirects: int
    attempts: int
    keys: int
    left_out: Sequence[str]


def require_warcio() -> None:
    """Nothing, if WARCs can be read and written here. Raises `LitdbError` with what to install."""
    if find_spec("warcio") is None:
        raise LitdbError("WARC files need the package warcio. Install it with: pip install 'litdb-notes[warc]'")


def require_archive(path: Path) -> None:
    """Nothing, if the file may be written: there is none, or a WARC. Raises `UsageError`."""
    if not path.exists():
        return
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
            is_archive = opened.read(len(_BEGINNING)) == _BEGINNING
    except (OSError, EOFError, zlib.error):
        is_archive = False
    if not is_archive:
        raise UsageError(f"{path} is there already and is no WARC, so it is left alone. Name another file.")


def write_warc(
    path: Path,
    software: str,
    answers: Iterable[tuple[str, Answer]],
    attempts: Iterable[Attempt],
    keys: Iterable[AssignedKey],
) -> Written:
    """Make the file a WARC of this, packed record by record where its name ends in `.gz`. Raises `LitdbError`.

    `answers` come with their ids, one at a time: memory holds no more than the largest. A reader, and a kill, find the
    old file or the new one. No secret goes in: neither keys in addresses nor headers that may hold one.
    """
    with _replaced(path) as opened:
        pen = _Pen(opened, path, software)
        redirects, written, left_out = 0, 0, []
        for ident, answer in answers:
            if _holds_key(answer):
                left_out.append(urlsplit(answer.request.url).hostname or "")
                continue
            pen.answer(ident, answer)
            written, redirects = written + 1, redirects + len(answer.hops)
        tried = pen.rows(ATTEMPTS, (_attempt(each) for each in attempts if _is_open(each.identifier)))
        held = pen.rows(KEYS, ([key, str(each), at] for key, each, at in keys if _is_open(each)))
    return Written(written, redirects, tried, held, left_out)


class _Pen:
    """Writes records one after the other; their ids come from what they are about: the same answer, the same id."""

    def __init__(self, opened: IO[bytes], path: Path, software: str) -> None:
        from warcio.warcwriter import WARCWriter

        self._writer: WARCWriter = WARCWriter(opened, gzip=path.suffix == ".gz", warc_version="1.1")
        info = {"software": software, "format": "WARC File Format 1.1", "conformsTo": _CONFORMS}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, info))

    def answer(self, ident: str, answer: Answer) -> None:
        """The exchanges that led to an answer: each redirect, then what litdb knows about the answer, and itself."""
        method, asked = answer.request.method, [*(hop.url for hop in answer.hops), answer.url]
        body = answer.request.body
        for place, hop in enumerate(answer.hops):
            record = f"{ident}/{place}"
            self._request(record, method, hop.url, answer, body)
            headers = [("Location", without_keys(asked[place + 1])), ("Content-Length", "0")]
            self._response(record, hop.url, hop.status, headers, b"", answer.at)
            if hop.status == 303 or (hop.status in (301, 302) and method == "POST"):
                method, body = "GET", ""
        self._metadata(ident, answer)
        self._request(ident, method, answer.url, answer, body)
        self._response(ident, answer.url, answer.status, _headers(answer), answer.body, answer.at)

    def rows(self, kind: str, rows: Iterable[Json]) -> int:
        """Rows of the journal, some at a time; how many there were."""
        rows, count = iter(rows), 0
        while some := list(islice(rows, _ROWS)):
            self._write("metadata", "", json.dumps(some, ensure_ascii=False).encode(), kind, {})
            count += len(some)
        return count

    def _metadata(self, ident: str, answer: Answer) -> None:
        told = json.dumps(_told(answer), ensure_ascii=False).encode()
        about = {
            "WARC-Record-ID": _record_id(ident, "metadata"),
            "WARC-Refers-To": _record_id(ident, "response"),
            "WARC-Date": answer.at,
        }
        self._write("metadata", "", told, ANSWER, about)

    def _request(self, ident: str, method: str, url: str, answer: Answer, body: str) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        parts = urlsplit(without_keys(url))
        line = f"{method} {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1"
        headers = [("Host", parts.netloc), *_open_headers(answer.request.headers)]
        about = {
            "WARC-Record-ID": _record_id(ident, "request"),
            "WARC-Concurrent-To": _record_id(ident, "response"),
            "WARC-Date": answer.at,
        }
        sent = StatusAndHeaders(line, headers, is_http_request=True)
        self._write("request", parts.geturl(), body.encode(), "", about, sent)

    def _response(
        self, ident: str, url: str, status: int, headers: Sequence[tuple[str, str]], body: bytes, at: str
    ) -> None:
        from warcio.statusandheaders import StatusAndHeaders

        about = {"WARC-Record-ID": _record_id(ident, "response"), "WARC-Date": at}
        came = StatusAndHeaders(f"{status} ", list(headers), protocol="HTTP/1.1")
        self._write("response", without_keys(url), body, "", about, came)

    def _write(
        self, kind: str, url: str, payload: bytes, content_type: str, about: Mapping[str, str], http: object = None
    ) -> None:
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type=content_type,
            warc_headers_dict=dict(about),
            http_headers=http,
        )
        self._writer.write_record(record)


def _told(answer: Answer) -> dict[str, Json]:
    """What a response does not say of an answer: what was asked for whom, and what came besides the body."""
    request = answer.request
    return {
        "source": request.source,
        "step": request.step,
        "method": request.method,
        "address": request.url,
        "sent": request.body,
        "sent_headers": [list(each) for each in _open_headers(request.headers)],
        "asked": [[str(each.identifier), list(each.urls), each.note_day] for each in request.asked],
        "status": answer.status,
        "headers": dict(_open_headers(answer.headers.items())),
        "url": without_keys(answer.url),
        "hops": [[hop.status, without_keys(hop.url)] for hop in answer.hops],
        "at": answer.at,
    }


def _attempt(attempt: Attempt) -> list[Json]:
    return [str(attempt.identifier), *(getattr(attempt, name) for name in ATTEMPT)]


def _headers(answer: Answer) -> list[tuple[str, str]]:
    """The headers of a response as they fit the body that was kept, each on one line."""
    kept = [(name, " ".join(value.split())) for name, value in _open_headers(answer.headers.items())]
    return [*(each for each in kept if each[0] not in _FRAMING), ("content-length", str(len(answer.body)))]


def _open_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, without_keys(value)) for name, value in headers if not is_secret_header(name)]


def _holds_key(answer: Answer) -> bool:
    """Whether an answer cannot be told of without a key: it stands in what was asked, not only where that led."""
    request = answer.request
    urls = [request.url, *(url for each in request.asked for url in each.urls)]
    return any(without_keys(url) != url for url in urls) or not all(_is_open(each.identifier) for each in request.asked)


def _is_open(identifier: Identifier) -> bool:
    return without_keys(identifier.value) == identifier.value


def _record_id(ident: str, kind: str) -> str:
    return f"<{uuid5(NAMESPACE_URL, f'litdb:{ident}/{kind}').urn}>"


@contextmanager
def _replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of the one at `path` when all is written."""
    new = aside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        new.replace(path)
    except OSError as error:
        raise LitdbError(
            f"{path} cannot be written: {error.strerror or error}. What was there is as it was."
        ) from error
    finally:
        with suppress(OSError):
            new.unlink()
