"""Reads small exports for the tests of importers."""

import json
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from tuireader.domain.import_item import ImportItem
from tuireader.importers.detect import read_export
from tuireader.importers.export import LeftOut, ServiceExport, Skipped
from tuireader.importers.fields import left_out_total


class Export:
    """What was read of an export that is of one service."""

    def __init__(self, data: object, path: str = "export") -> None:
        raw = data if isinstance(data, str | bytes) else json.dumps(data)
        (export,) = read_export(BytesIO(raw.encode() if isinstance(raw, str) else raw), path)
        assert isinstance(export, ServiceExport)
        self.service = export.service
        found = list(export.items)
        self.items = [each for each in found if isinstance(each, ImportItem)]
        self.skipped = [each for each in found if isinstance(each, Skipped)]
        self.left_out = left_out_total(each for each in found if isinstance(each, LeftOut))

    @property
    def item(self) -> ImportItem:
        (item,) = self.items
        return item


def archive(members: Mapping[str, str | bytes]) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return data.getvalue()
