"""The files that a build is made from, as it finds them when it begins."""

from __future__ import annotations

import time
from collections.abc import Iterable

from pipeline.cache import short
from pipeline.library import Library
from pipeline.stamps import GONE, digest_of, scan


class Inputs:
    """All files in source/ and translations/ by their stamps."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.began = time.time_ns()
        root = library.root
        self.stamps = scan([library.source, root / "translations"], root)
        self.article_ids = tuple(sorted(self._ids()))

    @property
    def digest(self) -> str:
        """Of all files by path and stamp."""
        return digest_of(self.stamps)

    @property
    def is_settled(self) -> bool:
        """Whether no file is so new that it may change again without a new stamp."""
        return all(stamp.is_settled(self.began) for stamp in self.stamps.values())

    def files_of(self, article_id: str, language: str) -> list[str]:
        """The files that an article in a language is made from, from the library's folder; they need not be there."""
        source = f"source/{article_id}.md"
        if language == self._library.settings.language:
            return [source]
        catalogue = f"translations/{language}/{article_id}"
        return [source, f"{catalogue}.po", f"{catalogue}.signatures.toml"]

    def stamp(self, files: Iterable[str]) -> str:
        """What these files look like; "" where one of them is so new that it may change again without a new stamp."""
        found = [self.stamps.get(path, GONE) for path in files]
        if not all(stamp.is_settled(self.began) for stamp in found):
            return ""
        return short("|".join([stamp.text for stamp in found]))

    def epoch(self, prefix: str, suffix: str) -> str:
        """The digest of the files whose paths begin and end so; "" where one of them is too new."""
        found = {
            path: stamp for path, stamp in self.stamps.items() if path.startswith(prefix) and path.endswith(suffix)
        }
        if not all(stamp.is_settled(self.began) for stamp in found.values()):
            return ""
        return short("\0".join(f"{path}\0{stamp.text}" for path, stamp in found.items()))

    def _ids(self) -> Iterable[str]:
        for path, stamp in self.stamps.items():
            parts = path.split("/")
            is_seen = stamp is not GONE and not any(part.startswith(".") for part in parts)
            if is_seen and len(parts) == 3 and parts[0] == "source" and path.endswith(".md"):
                yield f"{parts[1]}/{parts[2].removesuffix('.md')}"
