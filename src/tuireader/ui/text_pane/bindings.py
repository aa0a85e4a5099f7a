"""The keys of the text pane."""

from textual.binding import BindingType

from tuireader.ui.bindings import FIND, KEEP, MOVE, SELECT, key
from tuireader.ui.text_pane.typography_keys import SIDEWAYS_KEYS, TYPOGRAPHY_KEYS

MOVE_KEYS = [
    key("j,down", "motion('line_down')", "Next line", "One line down", MOVE),
    key("k,up", "motion('line_up')", "Previous line", "One line up", MOVE),
    key(
        "space",
        "screen.go('on')",
        "Next page",
        "One page down; at the end of the text, the next unread article",
        MOVE,
        show=True,
    ),
    key("pagedown", "motion('page_down')", "Page down", "One page down", MOVE),
    key(
        "pageup,ctrl+b,shift+space",
        "motion('page_up')",
        "Page up",
        "One page up",
        MOVE,
    ),
    key("ctrl+d", "motion('half_page_down')", "Half page down", "Half a page down", MOVE),
    key("ctrl+u", "motion('half_page_up')", "Half page up", "Half a page up", MOVE),
    key("ctrl+e", "motion('scroll_down')", "Scroll down", "Scroll a line down", MOVE),
    key("ctrl+y", "motion('scroll_up')", "Scroll up", "Scroll a line up", MOVE),
    key("right_parenthesis", "motion('sentence_next')", "Next sentence", "Next sentence", MOVE),
    key(
        "left_parenthesis",
        "motion('sentence_previous')",
        "Previous sentence",
        "Start of the sentence, then the previous sentence",
        MOVE,
    ),
    key(
        "right_curly_bracket",
        "motion('paragraph_next')",
        "Next paragraph",
        "Next paragraph",
        MOVE,
    ),
    key(
        "left_curly_bracket",
        "motion('paragraph_previous')",
        "Previous paragraph",
        "Previous paragraph",
        MOVE,
    ),
    key("g g,home,ctrl+home", "motion('top')", "Top", "Start of the text", MOVE),
    key(
        "G,end,ctrl+end",
        "motion('bottom')",
        "Bottom",
        "End of the text; with a count, that paragraph",
        MOVE,
    ),
    key("H", "motion('screen_top')", "Top of the screen", "First line of the screen", MOVE),
    key("M", "motion('screen_middle')", "Middle of the screen", "Middle of the screen", MOVE),
    key("L", "motion('screen_bottom')", "Bottom of the screen", "Last line of the screen", MOVE),
    key(
        "percent_sign",
        "motion('percent')",
        "Matching mark",
        "The matching bracket or quotation mark; with a count, that percentage of the text",
        MOVE,
    ),
    key("z t", "motion('row_top')", "Line to the top", "Scroll this line to the top", MOVE),
    key(
        "z z", "motion('row_middle')", "Line to the middle", "Scroll this line to the middle", MOVE
    ),
    key(
        "z b", "motion('row_bottom')", "Line to the bottom", "Scroll this line to the bottom", MOVE
    ),
    key("] h", "motion('heading_next')", "Next heading", "Next heading", MOVE),
    key("[ h", "motion('heading_previous')", "Previous heading", "Previous heading", MOVE),
]

OBJECT_KEYS = [
    key("i w", "select('word')", "Select the word", "Select this word", SELECT),
    key("i s", "select('sentence')", "Select the sentence", "Select this sentence", SELECT),
    key("i p", "select('paragraph')", "Select the paragraph", "Select this paragraph", SELECT),
    key("i q", "select('quotation')", "Select the quotation", "Select this quotation", SELECT),
    key(
        "a w",
        "select('around_word')",
        "Select around the word",
        "Select this word and the space after it; right after v",
        SELECT,
    ),
    key(
        "a s",
        "select('around_sentence')",
        "Select around the sentence",
        "Select this sentence and the space after it; right after v",
        SELECT,
    ),
    key(
        "a p",
        "select('around_paragraph')",
        "Select around the paragraph",
        "Select this paragraph and the empty line after it; right after v",
        SELECT,
    ),
    key(
        "a q",
        "select('around_quotation')",
        "Select around the quotation",
        "Select this quotation, its marks and the space after them; right after v",
        SELECT,
    ),
]

SELECT_KEYS = [
    key("v", "select('characters')", "Select", "Select by characters", SELECT, show=True),
    key("V", "select('sentences')", "Select sentences", "Select by whole sentences", SELECT),
    *OBJECT_KEYS,
    key("h,left", "motion('left')", "Left", "One character left", SELECT),
    key("l,right", "motion('right')", "Right", "One character right", SELECT),
    key("w", "motion('word_forward')", "Next word", "Next word", SELECT),
    key("W", "motion('word_back')", "Previous word", "Previous word", SELECT),
    key("e", "motion('word_end')", "End of word", "End of the word", SELECT),
    key("0", "motion('row_start')", "Start of line", "Start of the line", SELECT),
    key("dollar_sign", "motion('row_end')", "End of line", "End of the line", SELECT),
    key("o", "motion('other_end')", "Other end", "Move the other end of the selection", SELECT),
    key("escape", "deselect(False)", "End selection", "End the selection", SELECT, show=True),
]

FIND_KEYS = [
    key("slash", "find", "Find", "Find words in the text", FIND, show=True),
    key(
        "escape",
        "deselect(False, True)",
        "End search",
        "End the search, and hide its matches",
        FIND,
        show=True,
    ),
    key("n", "find(1)", "Next match", "Next match (wraps around)", FIND),
    key("N", "find(-1)", "Previous match", "Previous match (wraps around)", FIND),
    key("] b", "jump('bookmark', 1)", "Next bookmark", "Next bookmark", FIND),
    key("[ b", "jump('bookmark', -1)", "Previous bookmark", "Previous bookmark", FIND),
    key("] q", "jump('quotation', 1)", "Next quotation", "Next quotation", FIND),
    key("[ q", "jump('quotation', -1)", "Previous quotation", "Previous quotation", FIND),
    key(
        "m *",
        "mark('set')",
        "Set a mark",
        "Set a place mark here: m and a letter",
        FIND,
        display="m a",
    ),
    key(
        "' *,` *",
        "mark('go')",
        "Go to a mark",
        "Go to a place mark: ' and its letter; '' goes back",
        FIND,
        display="' a",
    ),
    key(
        "quotation_mark",
        "screen.typeset('tint')",
        "Tint quotations",
        "Tint the quotations in the text, or not",
        FIND,
        display='"',
    ),
    key(
        "f",
        "link('hints')",
        "Follow a link",
        "Show a letter at each link on the screen; type it to open the link",
        FIND,
    ),
    key("F", "link('all')", "All links", "Choose a link by its number or words", FIND),
    key("o", "link('source')", "Open the source", "Open the article's source", FIND),
]

KEEP_KEYS = [
    key("b", "do('keep')", "Bookmark", "Bookmark the selection or the sentence", KEEP, show=True),
    key("a", "do('note')", "Note", "Bookmark with a note, or change the note", KEEP, show=True),
    key("e", "do('edit')", "Edit in $EDITOR", "Edit the note in $EDITOR", KEEP, name="edit"),
    key("c", "do('colour')", "Colour", "Change the colour of the bookmark", KEEP),
    key("t", "do('tag')", "Tags", "Edit the tags of the bookmark", KEEP),
    key("x", "do('trash')", "To the trash", "Move the bookmark to the trash", KEEP, name="trash"),
    key("full_stop", "do('repeat')", "Repeat", "Repeat the last change here", KEEP),
    key("y", "do('copy')", "Copy", "Copy the passage", KEEP),
    key("Y", "do('cite')", "Copy with source", "Copy the passage with its source", KEEP),
    key(
        "Q",
        "quote",
        "Speaker",
        "Add the selection as a quotation, or name the speaker of the one here",
        KEEP,
    ),
    key(
        "enter",
        "deselect(True)",
        "Accept",
        "Make the selection the quotation's words",
        KEEP,
        show=True,
    ),
]

ENTER_KEYS = [key("enter", "motion('line_down')", "Next line", "One line down", MOVE)]
"""What Enter does while there is no extent to accept; after the binding that accepts it."""

TEXT_KEYS: list[BindingType] = [
    *SIDEWAYS_KEYS,
    *MOVE_KEYS,
    *SELECT_KEYS,
    *FIND_KEYS,
    *KEEP_KEYS,
    *ENTER_KEYS,
    *TYPOGRAPHY_KEYS,
]
"""All keys of the text pane, in the order in which the help shows them."""
