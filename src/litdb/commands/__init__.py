"""The command line: one file per command, thin, imported only when it is called for."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from litdb import __version__
from litdb.errors import LitdbError, UsageError

if TYPE_CHECKING:
    from sqlite3 import DatabaseError

    from click.shell_completion import CompletionItem

COMMANDS: Mapping[str, str] = {
    "crawl": "Find every link of your notes and learn what it cites.",
    "add": "Add works to the library by URL.",
    "add-page": "Learn about a work from its page, saved by hand.",
    "import": "Take in a .bib, CSL-JSON or RIS, or compare with a running Zotero.",
    "identify": "Say which work a URL means, without a network.",
    "list": "List the cited works.",
    "show": "Show one work with all that is known about it.",
    "search": "Find works by words in titles, names, abstracts and notes.",
    "export": "Write the works for other tools, or to read.",
    "bib": "Print a .bib of what URLs or files cite, without a project.",
    "refs": "Put the dated list into a note, or complete the list that is there.",
    "next": "Say what several of your works cite and your notes do not.",
    "graph": "Say who cites whom, and write the graph for other tools.",
    "check": "Find dead links, missing dates, doubtful titles, and more.",
    "fix": "Mend links that moved or died, as a patch.",
    "browse": "Look around in the library in the browser.",
    "publish": "Write the library as a static site that all may see.",
    "open": "Open a work in the browser.",
    "why": "Say why a work's values were chosen, and what the others said.",
    "conflicts": "List what the sources, and your notes, disagree on.",
    "verify": "Check a .bib, a paper or a note against what the sources say.",
    "duplicates": "Offer works that are likely the same, with the reason.",
    "same": "Say that two works are one.",
    "split": "Say that what was taken for one work is two.",
    "set": "Set a field of a work for good.",
    "unset": "Take back what was set of a work.",
    "key": "Give a work another citation key for good.",
    "person": "Say who stands behind a name.",
    "log": "Say what changed between crawls, when and why.",
    "forget": "Forget a work or a note, with all that was kept of it.",
    "backup": "Copy journal, library and settings to a safe place.",
    "archive": "Write the kept answers as a web archive (WARC), or take one in.",
    "facts": "Share what is known of works, or take in what others share.",
    "rebuild": "Make the library anew from notes, corrections and journal.",
    "status": "Say what the library holds and what needs attention.",
    "sources": "List the sources and how politely they are asked.",
    "dump": "Print the whole library in natural order.",
    "demo": "Crawl a small invented library on a web of its own.",
}
"""Every command in the order of `--help`, with its first line; its module is that of `module_of`."""

UNRESOLVED = 3
"""The exit code with `--strict`, where something could not be learnt."""

INTERRUPTED = 130
"""The exit code of a run that was cut off: what was learnt is kept."""


_NO_TEXT = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no UTF-8 (PEP 383)."""


class LazyGroup(click.Group):
    """Imports a command when it is called, so that `--help` costs next to nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"litdb.commands.{module_of(cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; of a slip it says which one is meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from litdb.commands.slips import did_you_mean, near

            meant = did_you_mean([f"'{name}'" for name in near(args[0], COMMANDS)])
            raise click.UsageError(f"{error.message} {meant}", ctx) if meant else error from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a shell offers behind `litdb `: commands from the table, without importing one, or options."""
        from click.shell_completion import CompletionItem

        begun = [CompletionItem(name, help=line) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        return [*begun, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:  # noqa: ANN401 - click's
        """Run what is called; what cannot be read in `args` or written to a full disk is one sentence too."""
        try:
            return super().main(args, *more, **named)
        except UnicodeEncodeError:
            no_text = [typed for typed in args or sys.argv[1:] if _NO_TEXT.search(typed)]
            if not no_text:
                raise
            click.echo(f"Error: {no_text[0]!a} is not UTF-8 text. Set the terminal to UTF-8.", err=True)
            sys.exit(UsageError.exit_code)
        except OSError as error:
            if error.filename is not None:
                raise
            click.echo(f"Error: what litdb prints cannot be written: {error.strerror or error}.", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again when it ends
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; what litdb raises on purpose becomes one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except LitdbError as error:
            from litdb.commands.printing import tell

            tell(f"Error: {error}")
            sys.exit(error.exit_code)
        except click.UsageError as error:
            from litdb.commands.printing import plain, steers

            told = error.format_message()
            if not steers(told):
                raise
            raise click.UsageError(plain(told), error.ctx) from None
        except KeyboardInterrupt:
            click.echo("Interrupted. What was learnt is kept; run again to go on.", err=True)
            sys.exit(INTERRUPTED)
        except _refused() as error:
            from litdb.commands.printing import tell
            from litdb.database.refusals import refusal

            tell(f"Error: {refusal(_files(ctx), error)}")
            sys.exit(1)


def module_of(name: str) -> str:
    """The module of a command; what Python keeps for itself has an underscore behind it (PEP 8).

    >>> module_of("add-page"), module_of("import")
    ('add_page', 'import_')
    """
    module = name.replace("-", "_")
    return f"{module}_" if iskeyword(module) else module


def _refused() -> type[DatabaseError]:
    """What SQLite raises; asked for only when something was raised, since its import costs what `--help` may."""
    from sqlite3 import DatabaseError

    return DatabaseError


def _files(ctx: click.Context) -> str:
    """The files that SQLite may have read when it refused; `db_option` has left the place in the context."""
    return f"{ctx.obj.library} or its journal" if ctx.obj else "The library or its journal"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="litdb")
def main() -> None:
    """From reading notes to a citation database.

    \b
    Examples:
      litdb crawl seeds/                 find and learn every work your notes cite
      litdb list                         what is there
      litdb show ngo2022 --why           one work, and who says what about it
      litdb export bibtex -o refs.bib    for LaTeX and pandoc
      litdb browse                       look around in the browser
    """
