"""What goes out to translators and what came back, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exchange.model import REFUSED, TAKEN, Outcome, Outgoing
from pipeline.model import State
from pipeline.report.json_findings import row
from pipeline.report.tables import table, table_text

if TYPE_CHECKING:
    from pipeline.exchange.judging import Judged
    from pipeline.exchange.returning import Taken

_TOLD = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.CONFIRMED: "confirmed as it was",
    Outcome.UNCHANGED: "unchanged",
    Outcome.UNTRANSLATED: "left empty",
    Outcome.UNFINISHED: "not finished",
    Outcome.SOURCE_CHANGED: "source text changed since",
    Outcome.SOURCE_ALTERED: "source text altered in the file",
    Outcome.CODES: "markup lost or added",
    Outcome.CONFLICT: "changed here meanwhile",
    Outcome.SIGNED: "signed here",
    Outcome.UNREADABLE: "cannot be read",
}


def exports(made: Sequence[tuple[Path, Outgoing]], width: int) -> str:
    """Each file with how many of its texts are to translate, to check, or done."""
    rows = table("File", "Texts", "To translate", "Changed", "Drafts", "Done", "Signed")
    for path, outgoing in made:
        states = Counter(unit.state for unit in outgoing.units if not unit.is_signed)
        counts = [states[s] for s in (State.MISSING, State.FUZZY, State.DRAFT, State.TRANSLATED)]
        signed = sum(unit.is_signed for unit in outgoing.units)
        rows.add_row(path.as_posix(), *map(str, (len(outgoing.units), *counts, signed)))
    return table_text(rows, width)


def returned(results: Iterable[Taken]) -> str:
    """What came back: a summary of each article, every change as a diff, and what does not fit with the reason."""
    return "\n\n".join("\n".join(_article(taken)) for taken in results)


def _article(taken: Taken) -> Iterator[str]:
    counts = Counter(item.outcome for item in taken.judged)
    told = ", ".join(f"{counts[o]} {_TOLD[o]}" for o in Outcome if counts[o])
    yield f"{taken.language}/{taken.article} from {taken.path}: {told or 'nothing in it'}"
    for title, outcomes in (("Taken", TAKEN), ("Not taken", REFUSED)):
        chosen = [item for item in taken.judged if item.outcome in outcomes]
        if chosen:
            yield f"\n{title}:"
        for item in chosen:
            yield from _item(taken, item)
    remarks = [(item, remark) for item in taken.judged for remark in item.remarks]
    if remarks:
        yield "\nThe translator's notes:"
    yield from (f"  {taken.path}:{item.line}: {remark}" for item, remark in remarks)


def _item(taken: Taken, item: Judged) -> Iterator[str]:
    draft = ", stays a machine's draft" if item.is_draft and item.outcome in TAKEN else ""
    why = f": {item.reason}" if item.reason else ""
    yield f"  {taken.path}:{item.line}: {_TOLD[item.outcome]}{draft}{why}"
    yield f"      {_shown(item.source)}"
    if item.before and item.outcome is not Outcome.CONFIRMED:
        yield f"    - {_shown(item.before)}"
    if item.after:
        yield f"    {'=' if item.outcome is Outcome.CONFIRMED else '+'} {_shown(item.after)}"


def _shown(text: str) -> str:
    return text.replace("\n", "\n      ")


def json_returned(results: Iterable[Taken]) -> str:
    """The same for programs: a list of articles, each with its texts and the findings on them."""
    return json.dumps([_data(taken) for taken in results], indent=1, ensure_ascii=False)


def _data(taken: Taken) -> dict[str, Any]:
    return {
        "file": taken.path.as_posix(),
        "article": taken.article,
        "language": taken.language,
        "catalogue": taken.catalogue.as_posix(),
        "texts": [
            {
                "outcome": item.outcome.value,
                "taken": item.outcome in TAKEN,
                "line": item.line,
                "source": item.source,
                "before": item.before,
                "after": item.after,
                "reason": item.reason,
                "draft": item.is_draft,
                "remarks": list(item.remarks),
            }
            for item in taken.judged
        ],
        "findings": [row(finding) for finding in taken.findings],
    }
