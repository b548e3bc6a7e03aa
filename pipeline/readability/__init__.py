"""How hard a text is to read: ``measure(article)`` gives the figures, ``costs(article)`` what to mend first."""

from pipeline.readability.costs import Costs, SentenceCost, WordCost, costs
from pipeline.readability.measuring import Figures, Reading, Score, measure

__all__ = ["Costs", "Figures", "Reading", "Score", "SentenceCost", "WordCost", "costs", "measure"]
