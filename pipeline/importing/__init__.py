"""Import: a scraped page or an old document becomes a clean draft article, and nothing vanishes silently."""

from __future__ import annotations
