import re
from pathlib import Path

from tuireader.ui.key_list import key_rows, markdown_tables, plain_table

ROOT = Path(__file__).parents[2]


def test_the_documentation_lists_the_keys_in_force() -> None:
    """`tuireader keys --markdown` prints what docs/keys.md has below its introduction."""
    document = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    listed = markdown_tables(key_rows("vim", ()))
    assert document.endswith(f"\n\n{listed}\n")


def test_the_keys_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| keys | what they do |")[2].partition("\n\n")[0]
    shown = {key for row in key_rows("vim", ()) for key in row.keys}
    shown |= {"Enter", "Ctrl+P", "Ctrl+W", "m", "'", "''", "42G", "50%", "3j", "5J"}
    written = [
        key
        for line in table.splitlines()[2:]
        for key in re.findall(r"`([^`]+)`", line.split(" | ")[0].replace("\\|", "|"))
    ]
    assert [key for key in written if key not in shown] == []


def test_each_action_has_a_line_with_its_keys() -> None:
    lines = plain_table(key_rows("vim", ())).splitlines()
    assert any(line.split() == ["m", "a", "set-a-mark", *line.split()[3:]] for line in lines)
    assert any(line.startswith("  gg  Home") for line in lines)
