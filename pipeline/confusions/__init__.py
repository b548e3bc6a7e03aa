"""Real words in the wrong place: "prostrate gland", "loose weight". Found by the words that stand beside them."""

from pipeline.confusions.detector import Confusion, Detector

__all__ = ["Confusion", "Detector"]
