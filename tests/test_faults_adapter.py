"""The adapter for tools that break stores: what it gives back is what it was given."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def adapters() -> ModuleType:
    path = Path(__file__).with_name("faults_adapter.py")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["Adapter", "WithTexts"])
def test_records_are_kept_changed_and_deleted(
    adapters: ModuleType, tmp_path: Path, name: str
) -> None:
    opened = getattr(adapters, name)
    expected: dict[str, Any] = {}
    store = opened(str(tmp_path))
    for number in range(60):
        key = f"key {number % 11} é"
        if number % 4 == 3:
            store.delete(key)
            expected.pop(key, None)
        else:
            expected[key] = {"rev": number, "body": f'“{number}” \\ "q" \n', "sum": "right"}
            store.put(key, expected[key])
        assert store.all() == expected
    store.close()
    again = opened(str(tmp_path))
    assert again.all() == expected
    again.close()


def test_a_record_whose_text_is_damaged_is_told_as_wrong(
    adapters: ModuleType, tmp_path: Path
) -> None:
    store = adapters.WithTexts(str(tmp_path))
    store.put("key", {"rev": 1, "sum": "right"})
    (text,) = (tmp_path / "texts").rglob("*.json")
    text.write_bytes(text.read_bytes().replace(b"kept", b"left"))
    assert store.all() == {"key": {"rev": 1, "sum": ""}}
    store.close()
