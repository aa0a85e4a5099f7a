import contextlib
import json
from io import BytesIO

import pytest

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.transcripts.reader import read_transcript


def read(text: str, name: str = "/a/talk.vtt") -> Article:
    return read_transcript(BytesIO(text.encode()), name)


def cues(*lines: str, start: int = 0) -> str:
    return "\n\n".join(
        f"00:00:{start + n:02}.000 --> 00:00:{start + n + 1:02}.000\n{line}"
        for n, line in enumerate(lines)
    )


def test_cues_are_joined_and_speakers_are_labels() -> None:
    article = read(
        "WEBVTT - The talk\nKind: captions\nLanguage: en\n\nNOTE\nnot said\n\nSTYLE\n::cue {}\n\n"
        + cues("so today", "<v.loud Ada>we talk &amp; talk", "about <i>it</i>.", "<v Bob>Why?</v>")
    )
    assert article.text == "so today\n\nAda: we talk & talk about it.\n\nBob: Why?"
    assert (article.title, article.language) == ("The talk", "en")


def test_times_are_places() -> None:
    article = read("WEBVTT\n\n01:02:03.000 --> 01:02:04.000\nOne.\n\n" + cues("Two."))
    assert article.offset_of("1:02:03") == 0
    assert article.text[article.offset_of("0:00") :] == "Two."


def test_two_voices_in_a_cue_are_two_paragraphs() -> None:
    assert read("WEBVTT\n\n" + cues("<v Ada>Yes.\n<v Bob>No.")).text == "Ada: Yes.\n\nBob: No."


def test_subrip_with_tags_dashes_and_labels_is_read() -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Hello there,</i>\r\n{\\an8}my friend.\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\n- Who?\r\n- Me.\r\n\r\n"
        "3\r\n00:00:04,000 --> 00:00:05,000\r\nADA: I said\r\n\r\n"
        "4\r\n00:00:05,000 --> 00:00:06,000\r\n1 < 2.\r\n>> BOB: No.\r\n"
    )
    assert read(text, "/a/talk.srt").text == (
        "Hello there, my friend.\n\n- Who?\n\n- Me.\n\nADA: I said 1 < 2.\n\nBOB: No."
    )
    assert read(text, "/a/talk.srt").title == "talk"


def test_captions_that_roll_are_said_once() -> None:
    text = (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nso<00:00:00.500><c> today</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nso today\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nso today\nwe<00:00:03.000><c> talk</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nwe talk\n"
    )
    assert read(text).text == "so today we talk"


def test_what_is_said_twice_stays() -> None:
    assert read("WEBVTT\n\n" + cues("No.", "No.")).text == "No. No."


def test_a_long_silence_and_a_long_speech_divide_paragraphs() -> None:
    long = "A sentence of some words that goes on. " * 14
    text = read("WEBVTT\n\n" + cues(long, "Next.") + "\n\n" + cues("Later.", start=30)).text
    assert [part[-5:] for part in text.split("\n\n")] == ["s on.", "Next.", "ater."]


@pytest.mark.parametrize(
    "given",
    [
        {"segments": [{"speaker": "Ada", "startTime": 1.5, "endTime": 2, "body": "Hello"}]},
        {
            "text": "Hello",
            "segments": [{"start": 1.5, "end": 2, "text": " Hello", "speaker": "Ada"}],
        },
        {"utterances": [{"speaker": "Ada", "start": 1500, "end": 200_000, "text": "Hello"}]},
    ],
)
def test_transcripts_in_json_are_read(given: object) -> None:
    article = read(json.dumps(given), "/a/talk.json")
    assert article.text == "Ada: Hello"
    assert article.places[0].name == "0:01"


@pytest.mark.parametrize(
    "text", ["", "WEBVTT", "{", "[]", '{"segments": [1, {}]}', '{"a":' * 20_000]
)
def test_what_has_no_words_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        read(text)


@pytest.mark.parametrize("piece", ["<v a>", "<", "{\\", "00:00:01.000 --> 00:00:02.000\n", "\n-->"])
def test_hostile_transcripts_are_read_or_refused(piece: str) -> None:
    with contextlib.suppress(SourceError):
        read("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na" + piece * 20_000)


@pytest.mark.parametrize("label", ["ADA:", "[ADA]:", "[Ada Moor:]"])
def test_a_label_in_the_words_begins_a_paragraph(label: str) -> None:
    article = read("WEBVTT\n\n" + cues("We went", f"{label} Who did?"))
    assert article.text == f"We went\n\n{label} Who did?"
