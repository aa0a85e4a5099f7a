"""Somebody who speaks in the articles, and what they are called."""

from dataclasses import dataclass

from tuireader.text.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks in the articles that were looked through."""

    name: str
    quotes: int
    """How many quotations are theirs."""
    articles: int
    """In how many articles these stand."""
    variants: tuple[str, ...] = ()
    """The other forms of the name, the commonest first."""
    names: tuple[str, ...] = ()
    """What they are called in full, in one article or another."""
    described: bool = False
    """Whether no article gives a name."""

    def is_called(self, name: str) -> bool:
        """Whether the name is one of the forms or an end of one; the empty name is everybody's."""
        return not name or any(is_form_of_name(form, name) for form in (self.name, *self.variants))


def folded_name_words(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and full stops."""
    return tuple(fold(name).replace(".", " ").split())


def is_form_of_name(full: str, name: str) -> bool:
    """Whether who has the full name is called by the other one: its first or its last words."""
    words, all_words = folded_name_words(name), folded_name_words(full)
    return bool(words) and words in (all_words[: len(words)], all_words[-len(words) :])
