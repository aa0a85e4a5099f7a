"""The page in a file of a browser."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A page as a browser has saved it."""

    data: bytes
    """HTML."""
    address: str = ""
    """Its web address; empty if the file does not state it."""
    charset: str = ""
    """Its charset as stated outside of it; empty if it is not."""
