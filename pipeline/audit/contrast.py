"""The contrast of two colours (WCAG 2.2, definition of contrast ratio). Imports nothing of ours."""

from __future__ import annotations

LARGE, LARGE_BOLD = 18.0, 14.0
"""Points from which on letters count as large."""


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance, 0 to 1, of red, green and blue from 0 to 1 in sRGB."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """From 1 (none) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def wanted(size: float, is_bold: bool) -> float:
    """The least contrast (1.4.3) for letters of a size in points."""
    return 3.0 if size >= (LARGE_BOLD if is_bold else LARGE) else 4.5


def hex_of(colour: tuple[float, float, float]) -> str:
    """As in a style sheet, such as #0b4f4a."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
