"""What the reader's screen needs before anything is shown."""

import subprocess
import sys


def test_no_word_list_of_quotations_is_loaded_for_the_first_screen() -> None:
    script = (
        "import sys, tuireader.ui.reader.screen\n"
        "print([name for name in sys.modules if name.startswith('tuireader.quotes')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
