"""`tuireader tour`: opens the guided tour again."""

from tuireader.cli.options import command, data_dir_option
from tuireader.cli.start import start
from tuireader.samples import paths


@command("tour", uses_paths=False, examples=("tuireader tour",))
@data_dir_option
def run(*, data_dir: str | None) -> int:
    """Open the guided tour.

    The other sample articles are in the list, too. Your library stays as it is. If
    standard output is not a terminal, the articles are printed.
    """
    return start([str(path) for path in paths()], data_dir)
