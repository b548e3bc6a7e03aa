"""ARIA is used as it is written: roles that exist, names that are there, states that have a value."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.audit.dom import Page, is_silent, name_of
from pipeline.audit.model import Fault
from pipeline.audit.registry import rule
from pipeline.model import Severity

ROLES = frozenset(
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox "
    "comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic "
    "graphics-document graphics-object graphics-symbol grid gridcell group heading image img insertion link list "
    "listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation "
    "none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar "
    "search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table "
    "tablist tabpanel term text textbox time timer toolbar tooltip tree treegrid treeitem".split()
)
"""WAI-ARIA 1.3; DPUB-ARIA's begin with doc-."""
_BOOLEAN = ("aria-hidden", "aria-expanded", "aria-disabled", "aria-required", "aria-multiline", "aria-modal")
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant")
_INTERACTIVE = ("a", "button", "input", "select", "textarea", "summary")


@rule("page", Severity.ERROR, "4.1.2")
def aria_valid(page: Page) -> Iterator[Fault]:
    """Roles exist, references lead somewhere, and states have a value that they can have.

    Why: what is misspelt is passed over without a word, so the control is announced as something else.

    Bad:
        <div role="buton">Print</div>
    Bad:
        <p><button type="button" aria-expanded="open">More</button></p>
    Bad:
        <p aria-describedby="nothing">Rest.</p>
    Good:
        <p><button type="button" aria-expanded="false">More</button></p>
    """
    for element in page.root.iter(etree.Element):
        roles = (element.get("role") or "").lower().split()
        if roles and not any(role in ROLES or role.startswith("doc-") for role in roles):
            yield page.fault(element, f'there is no role "{element.get("role")}"')
        for name in _BOOLEAN:
            if (value := element.get(name)) is not None and value not in ("true", "false", "undefined", ""):
                yield page.fault(element, f'{name}="{value}" is neither true nor false')
        for name in _REFERENCES:
            for target in (element.get(name) or "").split():
                if target not in page.ids:
                    yield page.fault(element, f'{name} refers to "{target}", which is not on the page')


@rule("page", Severity.ERROR, "4.1.2")
def nested_controls(page: Page) -> Iterator[Fault]:
    """No control is within another one.

    Why: screen readers announce the outer one only.

    Bad:
        <p><button type="button">Call <a href="tel:112">112</a></button></p>
    Good:
        <p>Call <a href="tel:112">112</a></p>
    """
    for element in page.all(*_INTERACTIVE):
        if element.tag == "a" and element.get("href") is None:
            continue
        outer = next((e for e in element.iterancestors("a", "button") if e.tag == "button" or e.get("href")), None)
        if outer is not None:
            yield page.fault(element, f"<{element.tag}> within <{outer.tag}>")


@rule("page", Severity.ERROR, "1.3.1", "4.1.2")
def hidden_body(page: Page) -> Iterator[Fault]:
    """The page, or its main part, is not hidden from screen readers.

    Why: there is nothing left to read.

    Bad:
        <main aria-hidden="true"><p>Rest.</p></main>
    Good:
        <main><p>Rest.</p></main>
    """
    for element in page.root.iter("html", "body", "main", "article"):
        if element.get("aria-hidden") == "true":
            yield page.fault(element, f"<{element.tag}> is hidden from screen readers")


@rule("web", Severity.WARNING, "1.3.1", other=("best practice",))
def landmark_names(page: Page) -> Iterator[Fault]:
    """Parts of the same kind, such as two navigations, have names of their own.

    Why: "navigation, navigation" does not tell which is the contents and which the languages.

    Bad:
        <nav><a href="a.html">One</a></nav><nav><a href="b.html">Two</a></nav>
    Good:
        <nav aria-label="Contents"><a href="a.html">One</a></nav><nav aria-label="Topics"><a href="b.html">Two</a></nav>
    """
    for tag in ("nav", "aside"):
        found = [e for e in page.all(tag) if not is_silent(e)]
        seen: set[str] = set()
        for element in found if len(found) > 1 else ():
            named = element.get("aria-label") or element.get("aria-labelledby")
            name = name_of(element, page) if named else ""
            if not name or name in seen:
                yield page.fault(element, f"one of {len(found)} <{tag}> without a name of its own")
            seen.add(name)
