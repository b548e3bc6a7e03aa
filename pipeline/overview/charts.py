"""Line charts as SVG that screen readers can name; the figures stand in a table beside each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 54, 132, 16, 34


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart."""

    name: str
    values: Sequence[float | None]
    """One for each moment; None is a gap."""
    look: str
    """Of the CSS: error, warning, review or plain. Each has dashes and points of its own."""


def line_chart(
    name: str,
    title: str,
    about: str,
    *,
    moments: Sequence[float],
    labels: Sequence[str],
    lines: Sequence[Series],
    target: tuple[str, float] | None = None,
    whole: bool = False,
    figure: Callable[[float], str] = "{:g}".format,
) -> Markup:
    """A chart of lines over time.

    name: begins the identifiers. moments: seconds, rising. labels: what the first and the last moment are called.
    target: a level line with its name. whole: the lines are counts, so no figure beside them has a fraction.
    figure: writes these figures.
    """
    known = [value for line in lines for value in line.values if value is not None]
    top = max([*known, target[1] if target else 0, 1])
    step = _step(top, whole=whole)
    top = ceil(top / step) * step
    parts = [_frame(step, top, figure)]
    span = moments[-1] - moments[0] or 1
    xs = [LEFT + (moment - moments[0]) / span * (WIDTH - LEFT - RIGHT) for moment in moments]
    if len(moments) == 1:
        xs = [(LEFT + WIDTH - RIGHT) / 2]

    def height(value: float) -> float:
        return TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)

    if target:
        y = height(target[1])
        parts.append(
            Markup(
                '<path class="target" d="M{:.1f} {:.1f}H{:.1f}"/><text class="end" x="{}" y="{:.1f}">{}</text>'
            ).format(LEFT, y, WIDTH - RIGHT, WIDTH - RIGHT + 8, y + 4, target[0])
        )
    taken: list[float] = [height(target[1]) + 4] if target else []
    for line in lines:
        points = [(x, height(value)) for x, value in zip(xs, line.values, strict=True) if value is not None]
        if not points:
            continue
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(Markup('<path class="line {}" d="{}"/>').format(line.look, path))
        parts += (_point(line.look, x, y) for x, y in (points if len(points) <= 30 else [points[0], points[-1]]))
        y = _free(points[-1][1] + 4, taken)
        parts.append(
            Markup('<text class="end {}" x="{}" y="{:.1f}">{}</text>').format(
                line.look, WIDTH - RIGHT + 8, y, line.name
            )
        )
    parts.append(
        Markup('<text x="{}" y="{}">{}</text><text class="last" x="{}" y="{}">{}</text>').format(
            LEFT, HEIGHT - 10, labels[0], WIDTH - RIGHT, HEIGHT - 10, labels[-1] if len(labels) > 1 else ""
        )
    )
    head = Markup(
        '<svg class="chart" role="img" viewBox="0 0 {} {}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
    ).format(WIDTH, HEIGHT, name, name, name, title, name, about)
    return head + Markup("").join(parts) + Markup("</svg>")


def _frame(step: float, top: float, figure: Callable[[float], str]) -> Markup:
    parts = []
    for number in range(round(top / step) + 1):
        value = number * step
        y = TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)
        parts.append(
            Markup('<path class="rule" d="M{} {:.1f}H{}"/><text class="tick" x="{}" y="{:.1f}">{}</text>').format(
                LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, figure(round(value, 6))
            )
        )
    return Markup("").join(parts)


def _step(top: float, *, whole: bool) -> float:
    """A round distance of ticks, so that there are four or five of them; fewer where fractions are left out."""
    rough = top / 4
    power = 10.0 ** floor(log10(rough))
    steps = (n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough)
    return next(step for step in steps if not whole or step.is_integer())


def _point(look: str, x: float, y: float) -> Markup:
    shapes = {
        "error": f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z",
        "warning": f"M{x:.1f} {y - 5:.1f}l5 9h-10z",
        "review": f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    }
    square = f"M{x - 3.5:.1f} {y - 3.5:.1f}h7v7h-7z"
    return Markup('<path class="point {}" d="{}"/>').format(look, shapes.get(look, square))


def _free(y: float, taken: list[float]) -> float:
    """A height for a label that hides no other."""
    while any(abs(y - other) < 15 for other in taken):
        y -= 15
        if y < TOP:
            y = max(taken) + 15
    taken.append(y)
    return y
