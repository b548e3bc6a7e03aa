"""The page of trends: how the figures of a library went over its Git history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.library import Library
from pipeline.overview.articles import Frame, Page
from pipeline.overview.charts import Series, line_chart
from pipeline.overview.past import MOST, Commit, Figures, commits, figures_over_time, thinned


def trend_pages(
    library: Library, since: str | None, frame: Frame, progress: Callable[[int, int, str], None]
) -> Iterator[Page]:
    """The page of trends since a revision or a day; without one it says how to get it.

    Raises PlainleafError when the history cannot be read.
    """
    words = frame.words
    data: dict[str, object] = {
        "here": "trends.html",
        "root": "",
        "since": since,
        "charts": (),
        "left_out": 0,
        "broken": (),
    }
    if since:
        every = commits(library.root, since)
        chosen = thinned(every)
        found = list(figures_over_time(library, chosen, progress))
        states = [(commit, figures) for commit, figures in found if figures]
        data |= {"charts": _charts(states, library, frame), "commits": len(states), "most": MOST}
        data |= {"broken": [commit for commit, figures in found if figures is None]}
        data |= {"left_out": len(every) - len(chosen)}
    data |= {"day": lambda commit: words.date(commit.date.date())}
    yield Page("trends.html", frame.jinja.get_template("trends.j2").render(data))


def _charts(states: Sequence[tuple[Commit, Figures]], library: Library, frame: Frame) -> list[dict[str, object]]:
    if not states:
        return []
    words = frame.words
    found = [figures for _, figures in states]
    grade = library.settings.grade if library.settings.language.partition("_")[0] == "en" else None
    coverage = [100 * one.translated / one.total if one.total else None for one in found]
    target = (words.say("target {target}", target=words.number(grade, 1)), grade) if grade else None
    grades = [Series(words.say("mean"), [one.grade for one in found], "plain")]
    findings = [
        Series(words.say("Errors"), [one.errors for one in found], "error"),
        Series(words.say("Warnings"), [one.warnings for one in found], "warning"),
        Series(words.say("To review"), [one.review for one in found], "review"),
    ]
    covered = [Series(words.say("translated"), coverage, "plain")]
    stale = [Series(words.say("out of date"), [one.stale for one in found], "plain")]
    return [
        _chart(
            "grade", words.say("Reading level of the articles"), states, frame, lines=grades, digits=1, target=target
        ),
        _chart("findings", words.say("Findings"), states, frame, lines=findings),
        _chart("coverage", words.say("Translated, per cent of all segments"), states, frame, lines=covered, digits=1),
        _chart("stale", words.say("Segments out of date"), states, frame, lines=stale),
    ]


def _chart(
    name: str,
    title: str,
    states: Sequence[tuple[Commit, Figures]],
    frame: Frame,
    *,
    lines: Sequence[Series],
    digits: int = 0,
    target: tuple[str, float] | None = None,
) -> dict[str, object]:
    words = frame.words
    moments = [commit.date.timestamp() for commit, _ in states]
    # Commits that were written at one time, or out of order, stand at even distances.
    if any(later < earlier for earlier, later in pairwise(moments)) or moments[0] == moments[-1]:
        moments = [float(number) for number in range(len(moments))]
    days = [words.date(states[n][0].date.date()) for n in (0, -1)]
    told = "; ".join(_told(line, digits, frame) for line in lines)
    about = words.say("From {first} to {last}: {told}.", first=days[0], last=days[1], told=told)
    rows = [
        (commit, [words.number(value, digits) if value is not None else "–" for value in values])
        for (commit, _), *values in zip(states, *(line.values for line in lines), strict=True)
    ]
    labels = days if len(states) > 1 else days[:1]
    svg = line_chart(
        name,
        title,
        about,
        moments=moments,
        labels=labels,
        lines=lines,
        target=target,
        whole=digits == 0,
        figure=lambda value: words.number(value, 6),
    )
    return {"name": name, "title": title, "about": about, "svg": svg, "lines": lines, "rows": rows}


def _told(line: Series, digits: int, frame: Frame) -> str:
    known = [value for value in line.values if value is not None]
    if not known:
        return frame.words.say("{name}: not known", name=line.name)
    first, last = (frame.words.number(value, digits) for value in (known[0], known[-1]))
    return frame.words.say("{name}: {first}, then {last}", name=line.name, first=first, last=last)
