"""What can be done with a passage, wherever it is shown."""

from typing import Literal

Verb = Literal["keep", "note", "edit", "colour", "tag", "trash", "copy", "cite", "repeat"]
