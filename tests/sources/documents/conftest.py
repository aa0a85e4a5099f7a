from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tuireader.domain.article import Article
from tuireader.sources.documents.document import read_document

Read = Callable[[str, str | bytes], Article]


@pytest.fixture
def read() -> Read:
    def read(name: str, content: str | bytes) -> Article:
        data = content.encode() if isinstance(content, str) else content
        return read_document(BytesIO(data), f"/shelf/{name}")

    return read


def packed(members: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def shown(article: Article) -> list[str]:
    return [
        f"{block.kind.value[0]}{block.level} {article.text[block.start : block.end]}"
        for block in article.blocks
    ]
