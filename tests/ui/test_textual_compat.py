"""An upgrade of Textual that changes what we use of its inside is told in a sentence."""

import inspect
from importlib import import_module

import pytest
import textual

from tuireader.ui.textual_compat import ATTRIBUTES, TEXTUAL_CHECKED, missing_names

CHANGED = (
    f"Textual {textual.__version__} has other private names than {TEXTUAL_CHECKED}, with which "
    "ui/textual_compat.py was checked: adapt that module. Changed: "
)


def test_textual_has_the_private_names_that_we_use() -> None:
    missing = missing_names()
    assert not missing, CHANGED + ", ".join(missing)


@pytest.mark.parametrize(
    ("place", "name"), [(place, name) for place, names in ATTRIBUTES.items() for name in names]
)
def test_textual_has_the_private_attributes_that_we_use(place: str, name: str) -> None:
    module, _, kind = place.partition(":")
    source = inspect.getsource(getattr(import_module(module), kind))
    assert f"self.{name}" in source, f"{CHANGED}{place}.{name}"


def test_this_is_the_version_of_textual_that_was_checked() -> None:
    assert textual.__version__.startswith(f"{TEXTUAL_CHECKED}."), (
        f"Textual {textual.__version__} is installed, and ui/textual_compat.py was checked with "
        f"{TEXTUAL_CHECKED}: read what has changed, and set TEXTUAL_CHECKED"
    )
