"""The pages for people who write, served on this machine alone."""

from __future__ import annotations

import argparse
import os
from importlib.util import find_spec

from pipeline.commands._shared import GOOD, the_library
from pipeline.model import PlainleafError

_NEEDED = ("starlette", "uvicorn", "watchfiles")


def run(arguments: argparse.Namespace) -> int:
    """Serve the library until Ctrl-C."""
    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        raise PlainleafError(f"plainleaf serve needs {', '.join(absent)}, not installed; pip install 'plainleaf[desk]'")
    library = the_library(arguments)

    from pipeline.serving.editors import VARIABLE, editor  # noqa: PLC0415 - only here, and slow to import
    from pipeline.serving.guard import Keys  # noqa: PLC0415
    from pipeline.serving.place import Place, first_page  # noqa: PLC0415
    from pipeline.serving.server import listen, serve  # noqa: PLC0415

    chosen = editor(arguments.editor if arguments.editor is not None else os.environ.get(VARIABLE, ""))
    place_first = first_page(library, arguments.path) if arguments.path else "/"
    sock = listen(arguments.host, arguments.port)
    try:
        serve(Place(library, Keys(sock.getsockname()[1], place_first), chosen), sock, is_opened=not arguments.no_open)
    finally:
        sock.close()
    return GOOD
