"""Web and e-mail addresses are the same in the translation.

The addresses that a reader sees and those behind links are compared. A page of the same site, such as its version in
the reader's language, is for a person to review, and a warning where its digits differ; another site, or an address
that is lost, is an error.

Why: an address that is changed leads to nobody, or to somebody else.

Standard: US 45 CFR 92.201

Bad:
    # language: es
    msgid "See www.nhs.uk for help."
    msgstr "Vea www.nhs.com para obtener ayuda."
Bad:
    # language: fr
    msgid "Write to help@example.org."
    msgstr "Écrivez-nous."
Good:
    # language: fr
    msgid "See <https://example.org/a>."
    msgstr "Voir <https://example.org/a>."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import Context, Problem, TranslatedArticle, translation_check
from pipeline.checks._pairs import pairs
from pipeline.messages import say
from pipeline.model import Severity

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"'，。；、）]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@translation_check(Severity.ERROR, "US 45 CFR 92.201")
def url_changed(item: TranslatedArticle, context: Context) -> Iterator[Problem]:
    """Addresses that a translation has lost or changed."""
    for pair in pairs(item):
        if not any(sign in pair.raw for sign in ("://", "www.", "@")):
            continue
        theirs = _addresses(pair.translation.text)
        sites = {_site(address) for address in theirs}
        for address in sorted(_addresses(pair.raw) - theirs):
            same_site = "@" not in address and _site(address) in sites
            same_digits = any(_digits(address) == _digits(other) for other in theirs if _site(other) == _site(address))
            severity = Severity.ERROR if not same_site else Severity.REVIEW if same_digits else Severity.WARNING
            message = (
                say(
                    "{address} has become another page of its site: look whether it is the same page in this language",
                    address=address,
                )
                if same_site
                else say("{address} is missing in the translation: put it back", address=address)
            )
            yield Problem(*item.span(pair.translation), message, severity=severity)


def _addresses(text: str) -> set[str]:
    return {match[0].rstrip(".,;:!?*_") for match in _ADDRESS.finditer(text)}


def _digits(address: str) -> str:
    return "".join(c for c in address if c.isdigit())


def _site(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address).split("/")[0].lower()
