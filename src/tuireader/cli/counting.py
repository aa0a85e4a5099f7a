"""Records of the notebook, counted in words."""

from collections.abc import Mapping

_NAMES = {
    "bookmarks": ("passage or note", "passages and notes"),
    "sources": ("article of the list", "articles of the list"),
    "readings": ("place of reading", "places of reading"),
    "corrections": ("correction", "corrections"),
}
_OTHERS = ("other record", "other records")


def counted(counts: Mapping[str, int]) -> str:
    """How many there are of each table, as a reader calls them."""
    others = sum(count for table, count in counts.items() if table not in _NAMES)
    parts = [(counts.get(table, 0), names) for table, names in _NAMES.items()]
    return ", ".join(
        f"{count} {names[count > 1]}" for count, names in [*parts, (others, _OTHERS)] if count
    )
