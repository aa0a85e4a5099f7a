"""The rules of the stylesheets are kept from one start to the next."""

from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from tuireader.app.start_cache import StartCache
from tuireader.ui.stylesheets import KeptRules, stylesheets

DARK = {"page": "#101010"}
SHEET = "Pane { background: $page; } .style--title { text-style: bold; color: red 60%; }"


def sheet(variables: dict[str, str], css: str = SHEET) -> Stylesheet:
    stylesheet = Stylesheet(variables=dict(variables))
    stylesheet.add_source(css, read_from=("reader.tcss", ""))
    return stylesheet


def start(path: Path, stylesheet: Stylesheet) -> KeptRules:
    """Use the kept rules in a stylesheet, parse it, and keep its rules."""
    cache = StartCache(path)
    cache.use()
    kept = KeptRules(cache, stylesheet)
    assert stylesheet.rules
    kept.note()
    kept.save()
    return kept


def written(path: Path) -> int:
    return (path / "start").stat().st_mtime_ns


def test_kept_rules_are_those_that_were_parsed(tmp_path: Path) -> None:
    path = tmp_path
    parsed = sheet(DARK)
    start(path, parsed)
    before = written(path)
    kept = sheet(DARK)
    start(path, kept)
    assert written(path) == before, "nothing was parsed"
    assert kept.css == parsed.css
    assert [rule.selector_set[0].specificity for rule in kept.rules] == [
        rule.selector_set[0].specificity for rule in parsed.rules
    ]


@pytest.mark.parametrize(
    ("variables", "css", "colour"),
    [
        ({"page": "#202020"}, SHEET, (32, 32, 32)),
        (DARK, "Pane { background: #303030; }", (48, 48, 48)),
    ],
    ids=["another theme", "another stylesheet"],
)
def test_rules_are_parsed_anew_for(
    variables: dict[str, str], css: str, colour: tuple[int, int, int], tmp_path: Path
) -> None:
    path = tmp_path
    start(path, sheet(DARK))
    changed = sheet(variables, css)
    start(path, changed)
    assert changed.rules[0].styles.background.rgb == colour


def test_damaged_rules_are_not_used(tmp_path: Path) -> None:
    path = tmp_path
    cache = StartCache(path)
    cache.use()
    cache.code.keep("rules", b"\x80\x05no pickle")
    cache.stop()
    cache.save()
    damaged = sheet(DARK)
    start(path, damaged)
    assert damaged.rules[0].styles.background.rgb == (16, 16, 16)


def test_all_stylesheets_exist() -> None:
    assert all(Path(path).is_file() for path in stylesheets("reader", "dialogs", "accessible"))
