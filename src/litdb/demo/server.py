"""The little web: a proxy on 127.0.0.1 that is every host it knows, over real TLS, and no other.

Whoever honours the standard proxy variables of `LittleWeb.environment` meets these sites in place of the real ones.
"""

from __future__ import annotations

import ssl
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from litdb.demo.faults import FAULTS, LINE_FAULTS
from litdb.demo.proxy import Proxy
from litdb.demo.wire import Call, Part, Reply, text, unless_known

_WRONG_HOST = "another-host.example"


@dataclass(slots=True)
class _Trouble:
    """A fault switched on for a host and the paths below `path`; `left` is how many answers it still spoils."""

    host: str
    name: str
    path: str
    left: float


class LittleWeb:
    """The sites of a table, on this machine, as long as the context lasts.

    `sites` gives for each host the parts that are asked in turn; what no part knows is not found. Every request is
    in `log`, in the order of arrival, before it is answered; a host that is not in the table is logged as `CONNECT`.
    """

    def __init__(self, sites: Mapping[str, Sequence[Part]]) -> None:
        self.sites = dict(sites)
        self.log: list[Call] = []
        self._troubles: list[_Trouble] = []
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self._stack = ExitStack()

    def __enter__(self) -> LittleWeb:
        import trustme

        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="litdb-little-web-")))
        self._authority = trustme.CA(organization_name="litdb little web", organization_unit_name="demo")
        self._bundle = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self._bundle))
        self._proxy = Proxy(self)
        self._stack.callback(self._proxy.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def environment(self) -> dict[str, str]:
        """The variables that lead a program here. The lower-case ones win where both are set, so both are given."""
        proxy = f"http://127.0.0.1:{self._proxy.port}"
        proxies = {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "NO_PROXY": ""}
        return {
            **proxies,
            **{name.lower(): value for name, value in proxies.items()},
            "REQUESTS_CA_BUNDLE": str(self._bundle),
            "SSL_CERT_FILE": str(self._bundle),
            "LITDB_PACE": "0",
        }

    def asked(self, host: str = "") -> list[Call]:
        """The requests that reached a host (or any), in the order of arrival; `robots.txt` is among them."""
        return [call for call in self.log if call.method != "CONNECT" and host in ("", call.host)]

    def fault(self, host: str, name: str, path: str = "/", times: float = float("inf")) -> None:
        """Let a fault of `faults.FAULTS` or `faults.LINE_FAULTS` spoil the next answers of a host below a path."""
        if name not in FAULTS and name not in LINE_FAULTS:
            raise KeyError(f"{name!r} is no fault; there are {', '.join(sorted({*FAULTS, *LINE_FAULTS}))}.")
        with self._lock:
            self._troubles.insert(0, _Trouble(host, name, path, times))

    def mend(self, host: str = "") -> None:
        """Switch off the faults of a host, or all."""
        with self._lock:
            self._troubles = [trouble for trouble in self._troubles if host and trouble.host != host]

    def answer(self, call: Call) -> Reply:
        """Log a request and answer it, with the fault that is on for it."""
        self.log.append(call)
        due = next((reply for part in self.sites[call.host] if (reply := part(call))), text("Not Found", 404))
        name = self._spoilt(call.host, call.path, FAULTS)
        return FAULTS[name](call, due) if name else unless_known(call, due)

    def line(self, host: str) -> ssl.SSLContext | None:
        """How to be this host, or None where it cannot be reached; that is logged."""
        name = self._spoilt(host, "/", LINE_FAULTS)
        if host not in self.sites or name == "unreachable":
            self.log.append(Call("CONNECT", "https", host, "", "", {}, b"", time.monotonic()))
            return None
        return self._context(_WRONG_HOST if name == "bad-certificate" else host)

    def _context(self, host: str) -> ssl.SSLContext:
        """The certificate of a host, minted when it is first asked for."""
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._authority.issue_cert(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]

    def _spoilt(self, host: str, path: str, names: Mapping[str, object] | frozenset[str]) -> str:
        """The fault of this family that is on for a path, the latest first, and one answer fewer for it to spoil."""
        with self._lock:
            for trouble in self._troubles:
                if trouble.host == host and trouble.name in names and path.startswith(trouble.path) and trouble.left:
                    trouble.left -= 1
                    return trouble.name
        return ""
