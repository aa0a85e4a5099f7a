"""What marks a file of notes that tuireader exported, so that it is never read as an article."""

NOTES_COMMENT = "<!-- tuireader export: notes -->"
"""The first line of notes in Markdown; no Markdown viewer shows it."""

TYPE = "type"
"""The first field of an exported record that stands in a file of its own."""

NOTE_TYPE = "tuireader.note"
"""The type of a kept passage or note."""
