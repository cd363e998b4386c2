"""ISBNs: one number for a book in either length, told by its check digit."""

from __future__ import annotations

import re


def isbn13(text: str) -> str:
    """The ISBN-13 of an ISBN in either length, hyphens and blanks aside, or empty where a check digit is wrong.

    >>> isbn13("0-13-110362-8"), isbn13("978 0 13 110362 7"), isbn13("0131103629"), isbn13("123")
    ('9780131103627', '9780131103627', '', '')
    """
    digits = re.sub(r"[-\s]", "", text).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weighted = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
        return _with_check_digit(f"978{digits[:9]}") if weighted % 11 == 0 else ""
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return digits if _with_check_digit(digits[:12]) == digits else ""
    return ""


def _with_check_digit(twelve: str) -> str:
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-weighted % 10}"
