"""Front pages."""

import pytest

from litdb.pages.page import read_page


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Musings on Hedges | Ada Fernsby | Substack", "Musings on Hedges"),
        ("Musings on Hedges", "Musings on Hedges"),
        ("Hedges | and Ditches", "Hedges | and Ditches"),
    ],
)
def test_a_front_pages_title_is_freed_from_its_writer_and_its_platform(title, name):
    body = f'<html><head><title>{title}</title><meta name="author" content="Ada Fernsby"></head></html>'.encode()
    page = read_page(body, {}, "https://hedges.substack.com/")
    assert page.best("title").value == name
