"""The keys of the reader's screen; those of a pane are declared with the pane."""

from textual.binding import BindingType

from tuireader.ui.bindings import FIND, KEEP, LIST, MOVE, PANES, key

EDIT_KEYS = [
    key("u", "edit('undo')", "Undo", "Undo the last change to your notes", KEEP, show=True),
    key("ctrl+r", "edit('redo')", "Redo", "Redo the undone change", KEEP),
]

PANE_KEYS = [
    key("alt+1", "pane('articles')", "Articles", "Go to the articles", PANES, name="articles-pane"),
    key("alt+2", "pane('text')", "Text", "Go to the text", PANES, name="text-pane"),
    key("alt+3", "pane('quotes')", "Quotes", "Go to the quotations", PANES, name="quotes-pane"),
    key(
        "tab,ctrl+w l,ctrl+w right,ctrl+w w,ctrl+w ctrl+w",
        "next_pane(1)",
        "Next pane",
        "Next pane",
        PANES,
        show=True,
    ),
    key(
        "shift+tab,ctrl+w h,ctrl+w left",
        "next_pane(-1)",
        "Previous pane",
        "Previous pane",
        PANES,
    ),
    key("z o,ctrl+w o", "zoom", "Only this pane", "Show only this pane, or all again", PANES),
    key("plus", "column(1)", "Wider", "Make the text column wider", PANES),
    key("minus", "column(-1)", "Narrower", "Make the text column narrower", PANES),
    key("equals_sign", "column(0)", "Usual width", "Reset the width of the text column", PANES),
    key("greater_than_sign", "width(1)", "Wider pane", "Make this pane wider", PANES),
    key("less_than_sign", "width(-1)", "Narrower pane", "Make this pane narrower", PANES),
    key(
        "q",
        "leave(True)",
        "Back or quit",
        "Go back one level; from the articles, quit",
        PANES,
        name="back",
        show=True,
    ),
    key("escape", "leave(False)", "Back", "Go back one level", PANES, name="escape"),
]

LIBRARY_KEYS = [
    key(
        "P", "library('page')", "Whole page", "Show the whole web page, or the article again", PANES
    ),
    key("g e", "choose('encoding')", "Encoding", "Choose the encoding of the file", PANES),
    key(
        "g t",
        "library('tour')",
        "Open the tour",
        "Open the guided tour, and list the sample articles until you quit",
        PANES,
        name="open-tour",
    ),
    key("I", "library('add')", "Add", "Add a file, a folder or a web address", LIST, show=True),
    key(
        "x",
        "articles('remove')",
        "Remove",
        "Hide this article, or remove its source from the library; no file is deleted",
        LIST,
        name="remove-article",
    ),
    key("r", "articles('read')", "Read or unread", "Mark the article as read or unread", LIST),
    key("asterisk", "articles('star')", "Star", "Star the article, or remove its star", LIST),
    key(
        "E",
        "articles('export')",
        "Export",
        "Export the bookmarks and notes on the article, or on the selected ones",
        LIST,
        name="export-articles",
    ),
    key("t", "articles('tag')", "Tag", "Edit the tags of the article", LIST, name="tag-article"),
    key(
        "A",
        "articles('all_read')",
        "All read",
        "Mark all articles that are listed as read",
        LIST,
    ),
    key(
        "R",
        "library('refresh')",
        "Refresh feeds",
        "Refresh all feeds, or those of the selected articles; again: stop it",
        LIST,
        name="refresh-feeds",
    ),
]

MOVE_KEYS = [
    key("J", "go('next')", "Next article", "Open the next article", MOVE),
    key("K", "go('previous')", "Previous article", "Open the previous article", MOVE),
    key("] u", "go('unread')", "Next unread", "Open the next unread article", MOVE),
    key("T", "go('contents')", "Contents", "Open the table of contents of the book", MOVE),
    key(
        "ctrl+o,alt+left",
        "go('back')",
        "Jump back",
        "Go back to where you were before the last jump; with a count, that many jumps",
        FIND,
    ),
    key(
        "ctrl+i,alt+right",
        "go('forward')",
        "Jump forward",
        "Undo going back",
        FIND,
        display="Alt+→",
    ),
    key("D", "choose('changes')", "What changed", "Show what changed in the article", MOVE),
]

SCREEN_KEYS = [
    key(
        "B",
        "choose('notes')",
        "All notes",
        "Show the bookmarks and notes of all articles",
        PANES,
        show=True,
    ),
    key(
        "O",
        "choose('orphans')",
        "Orphans",
        "Show bookmarks whose words are no longer in their article",
        PANES,
        name="orphans",
    ),
    key(
        "g c",
        "choose('corrections')",
        "All corrections",
        "Show the corrections of quotations in all articles",
        PANES,
    ),
    key("S", "choose('speakers')", "All speakers", "Show the speakers in all articles", PANES),
    key(
        "g /,ctrl+f",
        "choose('hits')",
        "Search all",
        "Search the texts, notes and quotations of all articles",
        FIND,
        name="search-library",
    ),
    key(
        "colon",
        "prompt('command')",
        "Command",
        "Type a command: an action, a command of the shell, set, or the number of a paragraph",
        PANES,
        name="command-line",
    ),
    key(
        "vertical_line",
        "prompt('pipe')",
        "Pipe",
        "Pipe the selection, the article or the listed locations to a program, and show its answer",
        KEEP,
    ),
    key("g s", "prompt('settings')", "Settings", "Change the settings", PANES),
    key("question_mark", "app.keys", "Keys", "Show the keys", PANES, name="help", show=True),
    key(
        "ctrl+z",
        "app.suspend_process",
        "Suspend",
        "Suspend the program; fg in the shell resumes it",
        PANES,
        name="suspend",
    ),
    key("ctrl+q,Z Z,Z Q", "app.quit", "Quit", "Quit", PANES, show=True),
]

READER_KEYS: list[BindingType] = [
    *EDIT_KEYS,
    *PANE_KEYS,
    *LIBRARY_KEYS,
    *MOVE_KEYS,
    *SCREEN_KEYS,
]
"""All keys of the reader's screen."""
