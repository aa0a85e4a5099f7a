"""The language of a text, told by the stop words in the languages' data files."""

import tomllib
from pathlib import Path

import pytest

from tuireader import samples
from tuireader.text.language import UNDETERMINED, language_files, language_of

LANGUAGES = [code for code in language_files() if code != UNDETERMINED]
SAMPLES = {"07-la-boulangerie-flottante.txt": "fr", "08-die-letzte-telefonzelle.txt": "de"}
"""The samples that are not in English."""
ARTICLES = Path(__file__).parents[1] / "quotes" / "articles"


def example(code: str) -> str:
    data = tomllib.loads(language_files()[code].read_text("utf-8"))
    return str(data["detection"]["example"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_example_of_a_language_is_detected_as_that_language(code: str) -> None:
    assert language_of(example(code)) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_test_articles_of_a_language_are_detected_as_that_language(code: str) -> None:
    articles = tomllib.loads((ARTICLES / f"{code}.toml").read_text("utf-8"))["article"]
    assert language_of("\n\n".join(article["text"] for article in articles)) == code


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_annotated_articles_are_detected_as_english(path: Path) -> None:
    assert language_of(path.read_text("utf-8")) == "en"


@pytest.mark.parametrize(
    "path", sorted(Path(samples.__file__).parent.glob("*.txt")), ids=lambda path: path.stem
)
def test_the_samples_are_detected_as_their_language(path: Path) -> None:
    assert language_of(path.read_text("utf-8")) == SAMPLES.get(path.name, "en")


@pytest.mark.parametrize(
    "text", ["", "Ferry", "Zxq wvk plm ghj tyu bnm rtz", "東京新聞記者" * 20, "👍 " * 40]
)
def test_a_text_without_stop_words_has_no_language(text: str) -> None:
    assert language_of(text) == ""


ICELANDIC = """
Bæjarstjórinn sagði að þetta væri ekki í fyrsta sinn sem ferjan kæmi of seint eftir storm, og að
fólkið sem bíður á bryggjunni ætti rétt á að vita hvað bærinn hygðist gera.
"""
GALICIAN = """
O alcalde dixo que non era a primeira vez que o barco chegaba tarde despois dunha tormenta, e que a
xente que agarda no peirao ten dereito a saber o que vai facer o concello.
"""


SERBIAN = """
Градоначелник је рекао да ово није први пут да трајект касни после олује и да људи који
чекају на молу имају право да знају шта ће град урадити.
"""
BELARUSIAN = """
Мэр сказаў, што гэта не першы раз, калі паром спазніўся пасля шторму, і што людзі, якія
чакаюць на прычале, маюць права ведаць, што будзе далей.
"""
URDU = """
میئر نے کہا کہ یہ پہلی بار نہیں ہے کہ طوفان کے بعد کشتی دیر سے آئی ہے
اور گھاٹ پر انتظار کرنے والے لوگوں کو یہ جاننے کا حق ہے۔
"""


@pytest.mark.parametrize("text", [ICELANDIC, GALICIAN, SERBIAN, BELARUSIAN, URDU])
def test_a_language_without_a_file_is_not_taken_for_a_similar_one(text: str) -> None:
    assert language_of(text) == ""
