"""From a file's bytes to its text, or a sentence on why it is none.

Owns encodings. It must not know what a file is about.
"""

from __future__ import annotations

import codecs

from facilitator_tui.errors import FacilitatorError

LARGEST = 64 * 1024 * 1024
"""Bytes; far above 50,000 rows, and still read in memory without harm."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive: open it and save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: open it and save the sheet as CSV"),
    (b"%PDF", "a PDF: download the report as CSV instead"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
)


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with or without its mark) or, failing those, Windows-1252."""
    if not content.strip():
        raise FacilitatorError("The file is empty: download the report again.")
    if len(content) > LARGEST:
        raise FacilitatorError("The file is larger than 64 MB: keep only the rows that are needed.")
    for start, what in _NOT_TEXT:
        if content.startswith(start):
            raise FacilitatorError(f"The file is {what}.")
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), _without_mark(content))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = _western(content, encoding)
    if "\0" in text:
        raise FacilitatorError("The file is not a text file: save the report as CSV and try again.")
    return text


def _without_mark(content: bytes) -> str:
    """UTF-16 shows by the empty half of most of its characters."""
    head = content[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(zeros) > 1 and zeros.count(0) * 2 > len(zeros):
            return name
    return "utf-8"


def _western(content: bytes, tried: str) -> str:
    if tried == "utf-8":
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    raise FacilitatorError("The file's letters can't be read: save it as CSV with the encoding UTF-8.")
