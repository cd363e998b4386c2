"""The documentation site: `make site` builds it from these pages, README.md and docstrings; nothing is fetched."""

from litdb import __version__

project = "litdb"
author = "The litdb authors"
copyright = author  # noqa: A001 - Sphinx's name
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3

default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
maximum_signature_line_length = 100

pygments_style = "friendly"
pygments_dark_style = "monokai"
html_theme = "furo"
html_title = "litdb"
html_copy_source = False
html_show_sphinx = False
