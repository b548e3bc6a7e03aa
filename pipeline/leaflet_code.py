"""The code that names one leaflet, in one language and version, so that two people can be sure to hold the same.

It is printed on the leaflet, spoken on the telephone and typed from paper, so it has figures only after the
language: figures are known in every script. The last is a check figure.
"""

from __future__ import annotations

import hashlib
import re

_FIGURES = 9
"""Of the hash. Among 10,000 leaflets of a language, versions included, two are alike in one library of 20."""
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_ ]?[A-Za-z]{2,4})*[-_ ]?((?:[0-9][- ]?){9}[0-9])")


def leaflet_code(article_id: str, language: str, version: str) -> str:
    """The code of a leaflet, such as "AR-984-982-5871".

    article_id: topic/name. language: CLDR identifier, such as zh_Hans. version: as the front matter has it;
    "" where there is none. The same three give the same code on every machine and for ever.
    """
    name = "\n".join((article_id, language, version.strip()))
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()) % 10**_FIGURES
    figures = f"{number:0{_FIGURES}d}"
    figures += _check_figure(figures)
    return f"{language.replace('_', '-').upper()}-{figures[:3]}-{figures[3:6]}-{figures[6:]}"


def is_leaflet_code(text: str) -> bool:
    """Whether this may be a code: two figures that changed places, or a wrong one, are noticed."""
    match = _CODE.fullmatch(text.strip())
    if not match:
        return False
    figures = re.sub("[^0-9]", "", match[1])
    return _check_figure(figures[:-1]) == figures[-1]


def _check_figure(figures: str) -> str:
    """ISO/IEC 7064, MOD 11,10: finds every wrong figure and nearly all that changed places."""
    product = 10
    for figure in figures:
        product = ((product + int(figure)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
