"""PDF/UA-1 by page-validation, a validator that is installed from PyPI."""

from __future__ import annotations

from importlib import import_module, util
from typing import Any

from pipeline.audit.model import Fault, Standards
from pipeline.model import PlainleafError

_CLAUSES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("VIEWER-PREFERENCES", "7.1", ("2.4.2",)),
    ("METADATA-TITLE", "7.1", ("2.4.2",)),
    ("METADATA", "7.1", ()),
    ("ID-", "5", ()),
    ("ENCRYPTION", "7.16", ()),
    ("OUTLINE-LANGUAGE", "7.2", ("3.1.1",)),
    ("TEXT-LANGUAGE", "7.2", ("3.1.1",)),
    ("LANGUAGE-TAG", "7.2", ("3.1.1", "3.1.2")),
    ("LANGUAGE", "7.2", ("3.1.1",)),
    ("FIGURE", "7.3", ("1.1.1",)),
    ("FORMULA", "7.7", ("1.1.1",)),
    ("HEADING", "7.4", ("1.3.1",)),
    ("TABLE", "7.5", ("1.3.1",)),
    ("NOTE", "7.9", ("1.3.1",)),
    ("OPTIONAL-CONTENT", "7.10", ()),
    ("FILE-SPEC", "7.11", ()),
    ("XFA", "7.15", ("4.1.2",)),
    ("LINK", "7.18.5", ("2.4.4",)),
    ("PAGE-TABS", "7.18.3", ("2.4.3",)),
    ("FORM-FIELD", "7.18.1", ("4.1.2",)),
    ("WIDGET", "7.18.4", ("4.1.2",)),
    ("ANNOTATION", "7.18.1", ("1.1.1",)),
    ("MEDIA", "7.18.6", ()),
    ("UNICODE", "7.21.7", ("1.3.1",)),
    ("FONT", "7.21", ()),
    ("CMAP", "7.21", ()),
    ("NOTDEF", "7.21.8", ("1.1.1",)),
    ("CONTENT-TAGGING", "7.1", ("1.3.1",)),
    ("ARTIFACT", "7.1", ("1.3.1",)),
    ("TAGGED-DOCUMENT", "7.1", ("1.3.1", "4.1.2")),
    ("STRUCT", "7.1", ("1.3.1",)),
)
"""Part of a rule's name -> clause of PDF/UA-1 and success criteria; the first that fits. Others are of 7.2."""

CRITERIA = frozenset(number for _, _, numbers in _CLAUSES for number in numbers)
"""The success criteria that its rules look at."""


def missing() -> str:
    """Why it is not at hand, with what to do about it; "" when it is."""
    return "" if util.find_spec("page") else "PDF/UA: page-validation is not installed; pip install 'plainleaf[audit]'"


def check(content: bytes, name: str) -> list[tuple[str, Standards, Fault]]:
    """Rule, its standards and what is wrong, for each failure. Raises PlainleafError when it cannot be read."""
    page: Any = import_module("page")
    try:
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    except page.SafetyLimitError as error:
        raise PlainleafError(f"{name}: larger than any leaflet when it is unpacked; it is not read: {error}") from None
    except page.PageError as error:
        raise PlainleafError(f"{name}: no PDF that can be read: {error}") from None
    found = []
    for failure in report.failures:
        rule = str(failure.rule_id).removeprefix("PDFUA1-")
        where = f"object {failure.object_id.object_number}" if failure.object_id else "document"
        found.append((rule, standards(rule), Fault(str(failure.message), where)))
    return found


def standards(rule: str) -> Standards:
    """The clause of PDF/UA-1 and the success criteria behind one of its rules."""
    for part, clause, numbers in _CLAUSES:
        if part in rule:
            return Standards(numbers, clause)
    return Standards(("1.3.1",), "7.2")
