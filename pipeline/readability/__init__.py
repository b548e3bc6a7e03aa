"""How hard a text is to read: ``measure(article)`` gives the figures, ``costs(article)`` what to mend first."""

from pipeline.readability.costs import Costs, SentenceCost, WordCost, costs, sentence_costs
from pipeline.readability.measuring import Figures, Reading, Score, judged, measure

__all__ = [
    "Costs",
    "Figures",
    "Reading",
    "Score",
    "SentenceCost",
    "WordCost",
    "costs",
    "judged",
    "measure",
    "sentence_costs",
]
