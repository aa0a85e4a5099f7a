"""`tuireader [SOURCE...]`: open articles and read them."""

import os
from functools import partial

from tuireader.app.startup import build_context
from tuireader.cli.parser import Request
from tuireader.domain.errors import NoTerminalError
from tuireader.paths import AppPaths
from tuireader.ui.first_paint import first_paint
from tuireader.ui.terminal.state import leave_first_paint


def read_sources(request: Request, folders: AppPaths) -> int:
    """Open the reader on the sources, and return its exit status.

    Raises:
        SourceNotFoundError: A source does not exist.
        NoTerminalError: There is no terminal for the keys.
    """
    if "-" not in request.sources and not os.isatty(0):
        raise NoTerminalError
    context = build_context(request.sources, folders)
    with first_paint(context) as attributes:
        from tuireader.ui.terminal.watchdog import Watchdog  # noqa: PLC0415 - after the first paint

        watchdog = Watchdog(context.close_notebook)
        if attributes is not None:
            watchdog.put_back = partial(leave_first_paint, 1, attributes)
        watchdog.start()
        from tuireader.ui.app import TuiReader  # noqa: PLC0415 - slow, so after the first paint

        app = TuiReader(context, attributes, watchdog)
        app.run()
    watchdog.close()
    return app.return_code or 0
