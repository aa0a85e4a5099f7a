"""A speaker across articles, and the forms of a name."""

from dataclasses import dataclass

from tuireader.text.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person or an organisation that is quoted in the articles."""

    name: str
    quotes: int
    """The number of quotations."""
    articles: int
    """The number of articles with these quotations."""
    variants: tuple[str, ...] = ()
    """The other forms of the name, the most frequent first."""
    names: tuple[str, ...] = ()
    """The full names in the articles."""
    described: bool = False
    """Whether no article gives a name."""

    def is_called(self, name: str) -> bool:
        """Return whether a name is one of the speaker's forms, or an end of one; "" always is."""
        return not name or any(is_form_of_name(form, name) for form in (self.name, *self.variants))


def folded_name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and full stops."""
    return tuple(fold(name).replace(".", " ").split())


def is_form_of_name(full: str, name: str) -> bool:
    """Return whether a name consists of the first or the last words of a full name."""
    words, all_words = folded_name_words(name), folded_name_words(full)
    return bool(words) and words in (all_words[: len(words)], all_words[-len(words) :])
