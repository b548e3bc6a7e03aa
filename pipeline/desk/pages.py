"""Templates, style and policy of the pages for editors."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.check_docs import documentations
from pipeline.desk.looks import SEGMENT_STATES, SEVERITIES, STATES
from pipeline.desk.quoting import told
from pipeline.desk.words import Words


def environment(package: str, words: Words) -> Environment:
    """Jinja2 with the templates of a package and those that all pages share. Everything is escaped.

    package: such as "pipeline.overview", with a folder ``templates``. words: what the pages say, as ``say``.
    """
    jinja = Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates"), PackageLoader("pipeline.desk", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.globals |= {
        "words": words,
        "say": words.say,
        "SEVERITIES": SEVERITIES,
        "STATES": STATES,
        "SEGMENT_STATES": SEGMENT_STATES,
        "policy": policy,
        "rule_of": lambda check: words.say(documentations()[check].rule),
        "told": lambda message, language, source: told(message, words, language, source),
        "script": "",
    }
    return jinja


def policy(scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page that holds these scripts, and no others.

    ``file:`` is named since a page that is opened from a folder has no origin that 'self' could stand for.
    """
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts if script) or "'none'"
    return (
        f"default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; script-src {hashes}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def stylesheet() -> str:
    """The style sheet of all pages, without its comments and indents."""
    css = resources.files("pipeline.desk").joinpath("templates", "desk.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", css).strip() + "\n"


def script_of(package: str, name: str) -> Markup:
    """A script in the templates of a package, to be given to a page as ``script``."""
    return Markup(resources.files(package).joinpath("templates", name).read_text(encoding="utf-8").strip())
