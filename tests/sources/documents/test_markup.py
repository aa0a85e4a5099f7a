import datetime as dt
import json

import pytest
from sources.documents.conftest import Read, shown

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.kinds import DocumentKind, document_kind_of

RST = """
========
The pier
========
:Author: Ida Brand
:Date: 2024-09-04

Some *old* **pier**, ``code``, :ref:`the quay <quay>`, :class:`~a.Boat` and `a link
<https://a.example/>`_ with a note [1]_.

.. note:: Careful.

.. versionadded:: 1.2
   Since the frost.

.. toctree::
   :maxdepth: 2

   one
   two

.. include:: /etc/passwd

Sub
---

- one

  1. inner

=====  =====
A      B
=====  =====
1      2
=====  =====

.. [1] The note.
"""
ADOC = """= The pier
Ida Brand <ida@a.example>
v1.0, 2024-09-04
:name: Bay

== Parts ==

Some *bold*, `code` and https://a.example[a link] in {name}.footnote:[The note.]

.A title
* one
** two
. first

NOTE: Careful.

[source,python]
----
x = 1 <1>
----

|===
|A |B

|1 |2
|===

// comment
image::pier.png[The old pier]
"""
ORG = """#+TITLE: The pier
#+AUTHOR: Ida Brand
#+DATE: <2024-09-04 Wed>

* TODO [#A] Parts :tag:
  :PROPERTIES:
  :ID: x
  :END:
Some *bold*, ~code~ and [[https://a.example][a link]] in a_b_c[fn:1].
- one
  - two
| A | B |
|---+---|
| 1 | 2 |
#+BEGIN_QUOTE
Quoted.
#+END_QUOTE
#+begin_src python
x = 1
#+end_src
# comment
[fn:1] The note.
"""
MAN = r""".\" comment
.TH PIER 1 "2024-09-04" "1.0" "Manual"
.SH NAME
pier \- a long \fBpier\fR
.TP
.BR \-h , " \-\-help"
Shows \(lqhelp\(rq.
.nf
x = 1
  y
.fi
"""
MDOC = r""".Dd September 4, 2024
.Dt PIER 1
.Sh NAME
.Nm pier
.Nd a long pier
.Sh OPTIONS
.Bl -tag
.It Fl h Ar file
Shows
.Dq help
for
.Nm .
.El
"""
GEMTEXT = """# The pier
Text.
* one
> quoted
=> https://a.example A link
```
code
```
"""


def test_restructuredtext_keeps_the_words_of_sphinx(read: Read) -> None:
    article = read("a.rst", RST)
    assert (article.title, article.author, article.date) == (
        "The pier",
        "Ida Brand",
        dt.date(2024, 9, 4),
    )
    text = article.text
    assert "Some old pier, code, the quay, a.Boat and a link with a note [1]." in text
    for words in ("Careful.", "Since the frost.", "• one", "1. inner", "The note."):
        assert words in text
    assert "root:" not in text
    assert "maxdepth" not in text


def test_asciidoc_is_read_by_its_common_marks(read: Read) -> None:
    article = read("a.adoc", ADOC)
    assert (article.title, article.author, article.date) == (
        "The pier",
        "Ida Brand",
        dt.date(2024, 9, 4),
    )
    assert [line for line in shown(article) if "A" not in line[3:5]] == [
        "h1 The pier",
        "h2 Parts",
        "p0 Some bold, code and a link in Bay.[1]",
        "l0 • one",
        "l1 • two",
        "l0 1. first",
        "p0 Note: Careful.",
        "c0 x = 1",
        "p0 The old pier",
        "r0 ---",
        "l0 1. The note.",
    ]
    assert "A title" in article.text


def test_org_is_read_without_its_drawers_and_states(read: Read) -> None:
    article = read("a.org", ORG)
    assert (article.title, article.author, article.date) == (
        "The pier",
        "Ida Brand",
        dt.date(2024, 9, 4),
    )
    lines = shown(article)
    assert lines[:4] == [
        "h1 Parts",
        "p0 Some bold, code and a link in a_b_c[1].",
        "l0 • one",
        "l1 • two",
    ]
    assert lines[-4:] == ["b0 Quoted.", "c0 x = 1", "r0 ---", "l0 1. The note."]


@pytest.mark.parametrize("name", ["pier.1", "pier.man"])
def test_a_man_page_is_read_without_its_macros(read: Read, name: str) -> None:
    article = read(name, MAN)
    assert (article.title, article.date) == ("PIER(1)", dt.date(2024, 9, 4))
    assert article.text == (
        "NAME\n\npier - a long pier\n\n-h, --help\n\nShows “help”.\n\nx = 1\n  y"
    )


def test_a_man_page_of_bsd_is_read(read: Read) -> None:
    assert read("pier.1", MDOC).text == (
        "NAME\n\npier – a long pier\n\nOPTIONS\n\n-h file\n\nShows “ help ” for pier ."
    )


def test_a_text_that_only_has_the_name_of_a_man_page_is_plain_text(read: Read) -> None:
    assert read("notes.1", "Some words.\n").text == "Some words."


def test_gemtext_is_read_line_by_line(read: Read) -> None:
    article = read("a.gmi", GEMTEXT)
    assert shown(article) == [
        "h1 The pier",
        "p0 Text.",
        "l0 • one",
        "b0 quoted",
        "p0 A link",
        "c0 code",
    ]
    assert article.links[0].target == "https://a.example"


def test_a_notebook_shows_its_words_code_and_output(read: Read) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Pier\n", "Some *words*."]},
        {
            "cell_type": "code",
            "source": "x < 1",
            "outputs": [{"text": ["out\n"]}, {"data": {"image/png": "AAAA"}}],
        },
    ]
    article = read("a.ipynb", json.dumps({"cells": cells, "metadata": {}}))
    assert shown(article) == ["h1 Pier", "p0 Some words.", "c0 x < 1", "c0 out"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ipynb", "[" * 100_000),
        ("a.ipynb", '{"cells": 1}'),
        ("a.ipynb", '{"cells": [1, null, {"cell_type": "code", "outputs": [1, {"data": 2}]}]}'),
        ("a.org", ""),
        ("a.adoc", "// only a comment"),
    ],
)
def test_a_damaged_or_empty_document_is_refused_in_a_sentence(
    read: Read, name: str, content: str
) -> None:
    with pytest.raises(SourceError):
        read(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.org", "*" * 5_000 + " x\n" + "[[" * 2_000 + "\n" + "- x\n" * 2_000),
        ("a.adoc", "====\n" * 500 + "x\n" + "{a}" * 2_000),
        ("a.man", ".TH A 1\n" + ".RS\n" * 2_000 + "\\f(" * 2_000 + "x\n"),
        ("a.gmi", "```\n" * 3_001 + "x\n"),
        ("a.rst", "* " * 300 + "x\n\n" + "`" * 2_000 + "\n"),
    ],
)
def test_hostile_markup_is_read_or_refused(read: Read, name: str, content: str) -> None:
    try:
        assert read(name, content).text
    except SourceError as error:
        assert error.reason  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("name", "verse"),
    [
        ("a.rst", "| Nothing came,\n|   that winter.\n\n.. note:: Text.\n"),
        ("a.org", "#+BEGIN_VERSE\nNothing came,\n  that winter.\n#+END_VERSE\nText.\n"),
    ],
)
def test_verse_keeps_its_lines_and_indents(read: Read, name: str, verse: str) -> None:
    text = read(name, f"Ice\n===\n\n{verse}").text
    assert "Nothing came,\n  that winter.\n\n" in text


def test_a_compressed_man_page_is_read_as_one() -> None:
    assert document_kind_of("/usr/share/man/pier.1.gz", MAN.encode()) is DocumentKind.MAN
