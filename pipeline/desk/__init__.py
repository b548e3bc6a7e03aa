"""The look and the words that all pages for editors share: the report, and what is served while people write.

A page is a template that extends ``_base.j2`` and fills its blocks ``title``, ``heading``, ``main`` and, where it needs
them, ``lead`` and ``nav``. Render it with::

    words = Words("es")                     # the language of the page itself: one of page_languages()
    pages = environment("pipeline.overview", words)
    html = pages.get_template("glance.j2").render(library="Heart library", here="index", root="", style="desk.css", ...)

``root`` leads from the page to the folder of ``desk.css`` ("../" in a sub-folder), which holds ``stylesheet()``. The
page has the Content-Security-Policy of ``policy()`` in a meta element; a server sends the same as a header. Scripts are
given to the template as ``script`` and stand in the page, each named by its hash, so that no other runs.

- ``words.say(text, line=3)`` gives an interface string; in templates it is ``say``. Strings in tables of
  the code are named with ``gettext_noop``. ``python -m tools.make_interface`` collects them into ``interface/*.po``.
- ``told(finding.message, language, source)`` in a template is what a finding says, in the language of the page; what it
  quotes is marked with the language of the file or of the source. ``words.tell(message)`` is the same as plain text.
- ``looks.SEVERITIES`` and ``looks.STATES`` have the sign (a shape), the class and the word of each: never colour alone.
  In templates: ``{% import "_parts.j2" as parts with context %}``, then ``parts.severity(...)``, ``parts.state(...)``.
- ``marks.marked(text, marks)`` is a text with its findings in place, with names for screen readers.

Everything is escaped unless it is ``markupsafe.Markup``: articles, catalogues and findings are untrusted.
"""

from pipeline.desk.looks import SEVERITIES, STATES
from pipeline.desk.marks import Mark, marked
from pipeline.desk.pages import environment, policy, stylesheet
from pipeline.desk.words import Words, gettext_noop, page_languages

__all__ = [
    "SEVERITIES",
    "STATES",
    "Mark",
    "Words",
    "environment",
    "gettext_noop",
    "marked",
    "page_languages",
    "policy",
    "stylesheet",
]
