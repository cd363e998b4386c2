"""Reading web archives: what litdb wrote comes back as it was, of others the HTML pages; damage is told by place."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from datetime import timezone
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin
from zipfile import BadZipFile, ZipFile, is_zipfile

from litdb.files.warc import ANSWER, ATTEMPTS, KEYS, AssignedKey
from litdb.files.warc_told import DamagedError, read_answer, read_attempts, read_keys
from litdb.model import Answer, Attempt, Hop, Json
from litdb.text.secrets import is_secret_header
from litdb.text.times import utc_text

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_MOST_BYTES = 50_000_000
_PIECE = 1 << 20
_HTML = ("text/html", "application/xhtml+xml")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BEGINNINGS = (b"\x1f\x8b\x08", b"WARC/1.")
"""How a record begins, packed (RFC 1952, 2.3.1) or not."""
_MOST_REDIRECTS = 10_000
_ABOUT_OTHERS = ("warcinfo", "request", "metadata")
_MALFORMED = (zlib.error, EOFError, ValueError, KeyError, TypeError, AttributeError)
"""What reading a damaged record ends in; warcio has no word for headers that are not there."""
_WARC, _ARC = "warc", "arc"
_KINDS = {b"WARC/": _WARC, b"filedesc://": _ARC}
"""How archives begin: archive.org/web/researcher/ArcFileFormat.php says it of ARC, the forerunner of WARC."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a journal that litdb wrote: attempts, or assigned keys."""

    attempts: tuple[Attempt, ...] = ()
    keys: tuple[AssignedKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page as somebody else archived it, the redirects that led to it as far as they stand before it."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    at: str
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no page, in words: `files of type image/png`."""

    what: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read, as a sentence with the file and the place in it."""

    problem: str


Found: TypeAlias = "Answer | Rows | Page | Passed | Broken"


def read_warc(path: Path) -> Iterator[Found]:
    """What a WARC, ARC or WACZ file holds, in its order; memory holds no more than the largest page.

    What is damaged or cannot be read is told as `Broken`, and reading goes on at the next record.
    """
    try:
        if is_zipfile(path):
            yield from _wacz(path)
            return
        with path.open("rb") as opened:
            yield from _Reader(opened, str(path)).found()
    except OSError as error:
        yield Broken(f"{path} cannot be read: {error.strerror or error}.")


def _wacz(path: Path) -> Iterator[Found]:
    """The WARCs in a WACZ (specs.webrecorder.net/wacz: a ZIP that holds them in `archive/`)."""
    try:
        with ZipFile(path) as packed:
            names = [name for name in packed.namelist() if name.startswith("archive/") and not name.endswith("/")]
            if not names:
                yield Broken(f"{path} is a ZIP file without an archive in it; a WACZ has WARCs in its folder archive/.")
            for name in names:
                with packed.open(name) as opened:
                    yield from _Reader(opened, f"{path}:{name}").found()
    except (BadZipFile, zlib.error, EOFError) as error:
        yield Broken(f"{path} is a damaged ZIP file ({error}). What stood before the damage was read.")


class _Reader:
    """Reads one archive. Knows what litdb told of the responses to come, and which addresses led elsewhere."""

    def __init__(self, opened: IO[bytes], name: str) -> None:
        self._opened = opened
        self._name = name
        self._told: dict[str, Json] = {}
        self._led_from: dict[str, Hop] = {}

    def found(self) -> Iterator[Found]:
        """What the archive holds; a damaged stretch is told once, and reading goes on behind it."""
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException

        unreadable = (ArchiveLoadFailed, StatusAndHeadersParserException, *_MALFORMED)
        kind = _kind(self._opened)
        if not kind:
            yield Broken(f"{self._name} does not begin as a WARC, ARC or WACZ file, so nothing of it was read.")
            return
        start, has_read = 0, True
        while start >= 0:
            records, place = _iterator(self._opened, start, kind), start
            try:
                while record := _next(records):
                    yield from self._taken(record)
                    _require_whole(record, records)
                    place, has_read = records.offset, True
                if place < self._opened.tell():
                    raise DamagedError("it is cut short")
            except unreadable as error:
                if has_read:
                    yield Broken(self._problem(place, error))
                start, has_read = self._next_beginning(place + 1), False
            else:
                return

    def _problem(self, place: int, error: Exception) -> str:
        reason = str(error) if isinstance(error, DamagedError) else "it does not read as one"
        return f"{self._name}: the record at byte {place} was left out: {reason}."

    def _next_beginning(self, place: int) -> int:
        """Where the next record may begin, from a place on; -1 where none does."""
        self._opened.seek(place)
        before = b""
        while piece := self._opened.read(_PIECE):
            seen = before + piece
            places = [seen.find(each) for each in _BEGINNINGS]
            if max(places) >= 0:
                return place - len(before) + min(each for each in places if each >= 0)
            place += len(piece)
            before = seen[-len(max(_BEGINNINGS, key=len)) :]
        return -1

    def _taken(self, record: ArcWarcRecord) -> Iterator[Found]:
        name = record.rec_headers.get_header("WARC-Record-ID")
        if not (name and record.rec_type):
            raise DamagedError("its first lines are damaged or cut off")
        told = self._told.pop(name, None)
        if told:
            yield read_answer(told, _body(record))
        elif record.rec_type == "metadata":
            yield from self._noted(record)
        elif record.rec_type in ("response", "resource"):
            yield from self._seen(record)
        elif record.rec_type not in _ABOUT_OTHERS:
            yield Passed(f"records of type {record.rec_type}")

    def _noted(self, record: ArcWarcRecord) -> Iterator[Found]:
        """What litdb says in a metadata record; of others nothing."""
        kind = record.content_type
        if kind not in (ANSWER, ATTEMPTS, KEYS):
            return
        said = json.loads(_body(record))
        if kind == ANSWER:
            self._told[record.rec_headers.get_header("WARC-Refers-To")] = said
        elif kind == ATTEMPTS:
            yield Rows(attempts=read_attempts(said))
        else:
            yield Rows(keys=read_keys(said))

    def _seen(self, record: ArcWarcRecord) -> Iterator[Found]:
        """A response as somebody else kept it: a page, or what it is instead; a redirect is remembered."""
        url = record.rec_headers.get_header("WARC-Target-URI")
        http = record.http_headers
        status = int(http.get_statuscode()) if http else 200
        location = http.get_header("Location") if http else None
        if status in _REDIRECTS and location:
            self._led_from[urljoin(url, location)] = Hop(status, url)
            if len(self._led_from) > _MOST_REDIRECTS:
                del self._led_from[next(iter(self._led_from))]
        elif reason := _no_page(record, url, status):
            yield Passed(reason)
        else:
            headers = http.headers if http else [("content-type", record.content_type)]
            kept = {name.lower(): value for name, value in headers if not is_secret_header(name)}
            yield Page(url, kept, _body(record), _moment(record), self._hops(url))

    def _hops(self, url: str) -> tuple[Hop, ...]:
        """The redirects that led to an address, the first of them first."""
        hops: list[Hop] = []
        while (hop := self._led_from.get(url)) and hop not in hops:
            hops.insert(0, hop)
            url = hop.url
        return tuple(hops)


def _kind(opened: IO[bytes]) -> str:
    """What an archive is by its beginning, packed or not: WARC, ARC, or none."""
    beginning = opened.read(_PIECE)
    with suppress(zlib.error):
        beginning = zlib.decompressobj(wbits=31).decompress(beginning, _PIECE)
    return next((kind for start, kind in _KINDS.items() if beginning.startswith(start)), "")


def _iterator(opened: IO[bytes], start: int, kind: str) -> ArchiveIterator:
    from warcio.archiveiterator import ArchiveIterator, WARCIterator

    opened.seek(start)
    if kind == _WARC:
        return WARCIterator(opened, check_digests=True)
    return ArchiveIterator(opened, check_digests=True, arc2warc=True)


def _next(records: ArchiveIterator) -> ArcWarcRecord | None:
    """The next record; warcio's remarks on stderr are left out."""
    with redirect_stderr(StringIO()):
        return next(records, None)


def _require_whole(record: ArcWarcRecord, records: ArchiveIterator) -> None:
    """Nothing, if a record has all the bytes that it speaks of. Raises `DamagedError`."""
    with redirect_stderr(StringIO()):
        records.read_to_end()
    if getattr(record.raw_stream, "limit", 1):
        raise DamagedError("it is cut short")


def _no_page(record: ArcWarcRecord, url: str, status: int) -> str:
    """Why a response is no page that can be read, or nothing."""
    from warcio.bufferedreaders import BufferedReader

    header = record.http_headers.get_header if record.http_headers else {}.get
    kind = (header("content-type") or record.content_type or "").partition(";")[0].strip().lower()
    packed = (header("content-encoding") or "").lower()
    if not url.startswith(("http://", "https://")):
        return f"records named {url.partition(':')[0]}:…"
    if status != 200:
        return f"answers with status {status}"
    if kind not in _HTML:
        return f"files of type {kind or 'unknown'}"
    if packed not in ("", "identity", *BufferedReader.get_supported_decompressors()):
        return f"pages packed as {packed}"
    return "pages too large to be read" if (record.length or 0) > _MOST_BYTES else ""


def _body(record: ArcWarcRecord) -> bytes:
    """The unpacked content of a record. Raises `DamagedError` where it is cut short, changed, or far too large."""
    stream, body = record.content_stream(), BytesIO()
    while (piece := stream.read(_PIECE)) and body.tell() <= _MOST_BYTES:
        body.write(piece)
    if body.tell() > _MOST_BYTES:
        raise DamagedError(f"it has more than {_MOST_BYTES // 10**6} MB")
    while record.raw_stream.read(_PIECE):
        pass  # what stands behind a packed content; digests are checked at the end
    if getattr(record.raw_stream, "limit", 1):
        raise DamagedError("it is cut short")
    if any(problem.startswith("block digest failed") for problem in record.digest_checker.problems):
        raise DamagedError("its content is not what its digest says")
    return body.getvalue()


def _moment(record: ArcWarcRecord) -> str:
    from warcio.timeutils import iso_date_to_datetime

    moment = iso_date_to_datetime(record.rec_headers.get_header("WARC-Date"))
    return utc_text(moment.replace(tzinfo=timezone.utc, microsecond=0))
