"""Reference lists by a Jinja2 template of one's own.

A template sees `works` (all that are listed, by date), `notes` (each with `path` and its `works` in the order of the
note) and `today`. A work is a `Listed`. Filters: `date("%d %B %Y")`, `people("short")`, `markdown`, and Jinja2's own;
in a template whose name ends in `.html` everything is escaped. It runs in Jinja2's sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, get_args

from litdb.errors import UsageError
from litdb.export.list_dates import fault, shown_date
from litdb.export.references import ListStyle, People, markdown, people, target
from litdb.export.shown import plain_title, remarks, shown_title
from litdb.model import Name, Work
from litdb.notes.others import authors, editors
from litdb.text.dates import cited_day

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_FAULTS = (ArithmeticError, AttributeError, LookupError, OverflowError, TypeError, ValueError)
"""What a wrong expression in a template can raise beside Jinja2's own errors."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its text, and the name of its file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A work as a template sees it. Everything is text (empty where it is not known) but for the names.

    `title` is the title or what is shown in its place, `day` the day to cite as precise as known, `date` the whole
    value, `remark` what became of the work and its note, `link` the address as Markdown may have it in round brackets.
    """

    key: str
    type: str
    title: str
    has_title: bool
    names: tuple[Name, ...]
    editors: tuple[Name, ...]
    date: str
    day: str
    year: str
    container: str
    publisher: str
    volume: str
    issue: str
    pages: str
    number: str
    url: str
    link: str
    doi: str
    arxiv: str
    archived: str
    status: str
    accessed: str
    remark: str
    abstract: str
    outcome: str


def listed(work: Work) -> Listed:
    """A work for a template."""
    return Listed(
        key=work.key,
        type=work.type,
        title=shown_title(work),
        has_title=bool(plain_title(work)),
        names=authors(work),
        editors=editors(work),
        date=work.date,
        day=cited_day(work.date),
        year=work.date[:4],
        container=work.container,
        publisher=work.publisher,
        volume=work.volume,
        issue=work.issue,
        pages=work.pages,
        number=work.number,
        url=work.url,
        link=target(work.url),
        doi=work.identifier_of("doi"),
        arxiv=work.identifier_of("arxiv"),
        archived=work.archived,
        status=work.status,
        accessed=cited_day(work.accessed),
        remark=". ".join(remarks(work)),
        abstract=work.abstract,
        outcome=work.outcome,
    )


def render(
    template: Template,
    works: Sequence[Work],
    by_note: Sequence[tuple[str, Sequence[Work]]] = (),
    style: ListStyle = ListStyle(),  # noqa: B008 - frozen
) -> str:
    """What the template makes of works, in the order given. Raises `UsageError` with the template's name and line.

    >>> from litdb.model import Identifier
    >>> work = Work(Identifier("url", "u"), (), "k", "post", "https://a.example/", "On x", date="2019-12")
    >>> print(render(Template("t", "{% for w in works %}{{ w.title }}, {{ w|date('%d %b %Y') }}{% endfor %}"), [work]))
    On x, Dec 2019
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        compiled = _environment(template, style).from_string(template.text)
        return compiled.render(
            works=[listed(work) for work in works],
            notes=[{"path": path, "works": [listed(work) for work in there]} for path, there in by_note],
            today=style.today,
        )
    except TemplateSyntaxError as error:
        raise UsageError(f"{template.name}:{error.lineno}: {error.message}") from error
    except (TemplateError, *_FAULTS) as error:
        raise UsageError(f"{template.name}:{_line(error.__traceback__)}: {error}") from error


def _environment(template: Template, style: ListStyle) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    is_html = template.name.lower().endswith((".html", ".htm", ".xhtml"))
    environment = ImmutableSandboxedEnvironment(
        autoescape=is_html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )

    def date(work: Listed, pattern: str = style.date_format) -> str:
        if wrong := fault(pattern):
            raise ValueError(f"“{pattern}” is no way to write a date: {wrong}")
        return shown_date(work.date, pattern, style.today) if work.date else style.undated

    def who(work: Listed, which: People = style.people) -> str:
        if which not in get_args(People):
            raise ValueError(f"people are {', '.join(get_args(People))}, not “{which}”")
        return people(work.names, which)

    filters: Mapping[str, object] = {"date": date, "people": who, "markdown": markdown}
    environment.filters.update(filters)
    return environment


def _line(trace: TracebackType | None) -> int:
    """The line of the template where it went wrong; Jinja2 puts it into the trace of what it compiled."""
    line = 1
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
