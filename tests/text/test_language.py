import pytest

from tuireader.text.language import language_of

SENTENCES = {
    "en": "The mayor said that it was not the first time that the ferry had been late, and that "
    "the people who wait for it on the pier have every right to ask what will be done.",
    "de": "Der Bürgermeister sagte, dass die Fähre nicht zum ersten Mal zu spät kam und dass die "
    "Leute, die auf dem Steg warten, ein Recht auf eine Antwort haben.",
    "fr": "Le maire a dit que ce n’est pas la première fois que le bac est en retard et que les "
    "gens qui attendent sur le quai ont le droit de savoir ce qui sera fait.",
    "es": "El alcalde dijo que no es la primera vez que el barco llega tarde y que la gente que "
    "espera en el muelle tiene derecho a saber lo que se va a hacer por ella.",
    "it": "Il sindaco ha detto che non è la prima volta che il traghetto è in ritardo e che la "
    "gente sul molo ha il diritto di sapere che cosa si farà per lei.",
    "pt": "O presidente disse que não é a primeira vez que o barco chega com atraso e que as "
    "pessoas no cais têm o direito de saber o que vai ser feito por elas.",
    "nl": "De burgemeester zei dat het niet de eerste keer is dat de veerboot te laat is en dat "
    "de mensen die op de kade wachten het recht hebben om te weten wat er gebeurt.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_or_two_are_enough_to_tell_the_language(code: str) -> None:
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Ferry", "Zxq wvk plm ghj tyu bnm rtz", "東京の新聞記者" * 20]
)
def test_a_text_without_known_small_words_has_no_language(text: str) -> None:
    assert language_of(text) == ""
