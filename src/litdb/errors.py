"""Everything that litdb raises on purpose: one tree, each error a sentence for people.

::

    LitdbError              exit code 1 unless said otherwise
    ├── UsageError          a value on the command line cannot be used (exit code 2)
    ├── ConfigError         litdb.toml or corrections.toml cannot be read
    ├── NoteError           a note cannot be read: binary, not UTF-8
    │   └── UnreadFile      what it says nobody knows: no permission, a disk that fails or is away
    ├── InvalidUrl          a text is no http(s) URL that can be asked
    ├── LibraryError        the library or the journal cannot be used
    │   ├── NotALibrary     the file is something else
    │   ├── NewerLibrary    written by a newer litdb
    │   ├── OlderLibrary    written by an older litdb
    │   ├── LockedLibrary   another process is writing
    │   └── ReadOnlyLibrary the file or its folder cannot be written
    ├── FactsError          a commons of facts cannot be read or written
    ├── UnknownWork         no work of the library goes by this key or URL
    └── ExportError         an export could not be read back, so the old file was kept

How an attempt on the web ended is never an error: see `litdb.model.Outcome`.
"""


class LitdbError(Exception):
    """What happened, to what, and what to do, in one sentence."""

    exit_code = 1


class UsageError(LitdbError):
    """A value given by the user cannot be used."""

    exit_code = 2


class ConfigError(LitdbError):
    """A configuration file cannot be read."""


class NoteError(LitdbError):
    """A note cannot be read; the run goes on without it."""


class UnreadFile(NoteError):
    """The system does not give a file away now; what it says may be as it was."""


class InvalidUrl(LitdbError):
    """A text is not an http(s) URL that can be asked."""


class LibraryError(LitdbError):
    """The library or its journal cannot be used."""


class NotALibrary(LibraryError):
    """The file is not a litdb library."""


class NewerLibrary(LibraryError):
    """The library was written by a newer litdb."""


class OlderLibrary(LibraryError):
    """The library was written by an older litdb."""


class LockedLibrary(LibraryError):
    """Another process holds the library."""


class ReadOnlyLibrary(LibraryError):
    """The library cannot be written."""


class FactsError(LitdbError):
    """A commons of facts cannot be read or written."""


class UnknownWork(LitdbError):
    """No work goes by this key, identifier or URL."""


class ExportError(LitdbError):
    """An export did not survive being read back."""
