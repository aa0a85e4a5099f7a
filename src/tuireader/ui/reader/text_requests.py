"""Does what the user asks for in the text pane, by the controllers of the screen."""

from tuireader.ui.reader.controllers import ReaderControllers
from tuireader.ui.text_pane import messages
from tuireader.ui.text_pane.cursor import TextCursor
from tuireader.ui.workers import Tasks


def run_text_request(
    request: messages.TextRequest,
    controllers: ReaderControllers,
    tasks: Tasks,
    cursor: TextCursor,
) -> None:
    """Do what a message of the text pane asks for.

    Args:
        request: The message; one that is not known is ignored.
        controllers: The controllers of the screen.
        tasks: Where dialogs are shown.
        cursor: The cursor in the text.
    """
    navigation, quotes = controllers.navigation, controllers.quote_editing
    match request:
        case messages.Jumped(offset):
            navigation.jumped(offset)
        case messages.MarkSet(letter):
            navigation.set_mark(letter, cursor.sentence)
        case messages.MarkRequested(letter):
            navigation.go_to_mark(letter)
        case messages.SpeakerRequested(passage, quote):
            quotes.name_speaker(passage, quote)
        case messages.ExtentChanged(changed, extent):
            quotes.set_extent(changed, extent)
        case messages.BookmarkActionRequested(verb, place):
            controllers.bookmarking.do(verb, place)
        case messages.LinkFollowed(target, name):
            navigation.follow(target, name)
        case messages.LinksRequested():
            tasks.dialog(navigation.choose_link())
