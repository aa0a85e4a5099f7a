import pytest

from tuireader.sources.stated_encoding import decode_stated

WORDS = "<r>Café “oui” – €</r>"


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{WORDS}'


@pytest.mark.parametrize("stated", ["iso-8859-1", "us-ascii", "latin1", "windows-1252", "UTF-8"])
def test_western_bytes_are_read_whatever_the_declaration_says(stated: str) -> None:
    assert decode_stated(declared(stated).encode("cp1252")).endswith(WORDS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_told_by_their_first_bytes(encoding: str) -> None:
    assert decode_stated(declared(encoding.removesuffix("-sig")).encode(encoding)).endswith(WORDS)


def test_the_server_is_believed_before_the_declaration() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><r>Привет</r>'
    assert decode_stated(text.encode("koi8-r"), "koi8-r") == text
    assert decode_stated(text.encode("cp1251"), "nonsense") == text


def test_a_mark_is_believed_before_the_server() -> None:
    assert decode_stated(WORDS.encode("utf-8-sig"), "iso-8859-1") == WORDS


def test_a_server_that_says_utf8_of_other_bytes_is_not_believed() -> None:
    text = declared("shift_jis").replace("Café “oui” – €", "港は凍った")
    assert decode_stated(text.encode("cp932"), "utf-8") == text


def test_an_utf16_declaration_in_ascii_is_not_believed() -> None:
    assert decode_stated(declared("utf-16").encode()).endswith(WORDS)


def test_single_bad_bytes_in_utf8_are_western() -> None:
    assert decode_stated("Zürich, Genève, ".encode() + b"Caf\xe9") == "Zürich, Genève, Café"


def test_a_codec_that_is_not_for_text_is_ignored() -> None:
    assert decode_stated(b"<r>ok</r>", "hex") == "<r>ok</r>"
