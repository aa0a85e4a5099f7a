"""What the reader chose about how the text is set and lit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from tuireader.domain.article import Article
from tuireader.layout.typesetting import PLAIN, Typesetting
from tuireader.settings import KeyChoice, Settings

Choice = Literal["hyphenate", "justify", "small_caps", "focus", "typewriter", "whole_lines"]

_SAID = {
    "hyphenate": ("Words are divided at the end of lines", "Words are not divided"),
    "justify": ("Lines are made even, where the gaps stay small", "Lines end where they end"),
    "small_caps": ("Small capitals are shown", "Small capitals are shown as small letters"),
    "focus": ("The paragraph of the cursor is lit", "All of the text is lit"),
    "typewriter": ("The line of the cursor stays in the middle", "The cursor moves on the screen"),
}
_LANGUAGE_SAMPLE = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """What the reader chose about how the text is set and lit."""

    hyphenate: bool = False
    justify: bool = False
    small_caps: bool = False
    """Whether words in small capitals are drawn so, with the letters of Unicode."""
    reorder: bool = False
    """Whether right-to-left text is put in visual order, as the terminal does not do it."""
    focus: bool = False
    """Whether all but the paragraph of the cursor is dimmed."""
    typewriter: bool = False
    """Whether the row of the cursor stays in the middle of the screen."""

    sideways: int | None = 0
    """Cells by which lines of code and tables are scrolled sideways; None if they are wrapped."""

    picture_hint: str = ""
    """How a picture is shown, for its sign in the text."""

    def toggled(self, choice: Choice) -> "Typography":
        """Return the choices with one of them changed."""
        if choice == "whole_lines":
            return replace(self, sideways=0 if self.sideways is None else None)
        chosen: dict[str, Any] = {choice: not getattr(self, choice)}
        return replace(self, **chosen)

    def said(self, choice: Choice) -> str:
        """Return what one of the choices means now, for the status line."""
        if choice == "whole_lines":
            if self.sideways is None:
                return "Long lines of code and tables are wrapped"
            return "Long lines of code and tables go on at the right: zl and zh scroll them"
        on, off = _SAID[choice]
        return on if getattr(self, choice) else off

    def typesetting(self, article: Article) -> Typesetting:
        """Return how an article's rows are set; its language is detected if it states none."""
        if not (self.hyphenate or self.justify or self.reorder or self.sideways != 0):
            return PLAIN
        language = ""
        if self.hyphenate:
            from tuireader.text.language import language_of  # noqa: PLC0415 - only for hyphens

            language = article.language or language_of(article.text[:_LANGUAGE_SAMPLE])
        return Typesetting(
            hyphenate=self.hyphenate,
            justify=self.justify,
            reorder=self.reorder,
            sideways=self.sideways,
            language=language,
        )


def typography_of(settings: Settings) -> Typography:
    """Return the choices that the settings have."""
    return Typography(
        hyphenate=settings.hyphenate,
        justify=settings.justify,
        small_caps=settings.small_caps and not settings.accessible,
        reorder=settings.bidi == "program",
        picture_hint=_picture_hint(settings.keys),
        sideways=None if settings.wrap_code or settings.accessible else 0,
    )


def _picture_hint(keys: Iterable[KeyChoice]) -> str:
    """Return how a picture is shown, by the keys that the reader chose; "" if no key does."""
    shown = next((choice.keys for choice in keys if choice.action == "picture"), ("\\i",))
    return f"{shown[0]} shows it" if shown else ""
