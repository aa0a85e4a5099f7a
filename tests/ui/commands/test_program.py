import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.errors import TuiReaderError
from tuireader.ui.commands.program import MAX_OUTPUT, filled, run_program

PYTHON = sys.executable


def test_values_are_filled_in_after_the_line_is_split() -> None:
    values = {"text": 'a "b" {word}; rm -rf', "word": "w"}
    assert filled("trans {text} --x={word} '{word} y' {other}", values) == [
        "trans",
        'a "b" {word}; rm -rf',
        "--x=w",
        "w y",
        "{other}",
    ]


@given(st.text().filter(lambda text: "\x00" not in text))
def test_a_value_is_always_one_argument(value: str) -> None:
    assert filled("p {text}", {"text": value}) == ["p", value]


@pytest.mark.parametrize("line", ["", "  ", "trans 'open"])
def test_a_line_that_is_no_command_is_refused(line: str) -> None:
    with pytest.raises(TuiReaderError):
        filled(line, {})


async def test_a_program_gets_the_text_and_its_answer_is_sanitized() -> None:
    program = "import sys; print(sys.stdin.read().upper() + chr(27) + '[31m')"
    result = await run_program([PYTHON, "-c", program], "café")
    assert result.output.startswith("CAFÉ")
    assert "\x1b" not in result.output
    assert result.status == 0


async def test_a_program_that_reads_nothing_and_fails_is_told() -> None:
    result = await run_program([PYTHON, "-c", "raise SystemExit(3)"], "x" * 1_000_000)
    assert result.status == 3


async def test_a_program_is_ended_when_its_time_is_over() -> None:
    program = "import signal; print('begun', flush=True); signal.pause()"
    result = await run_program([PYTHON, "-c", program], time_limit=1.5)
    assert result.ended_because == "It was ended after 2 seconds."


async def test_a_program_that_prints_without_end_is_ended() -> None:
    result = await run_program([PYTHON, "-c", "while True: print('x' * 1000)"])
    assert len(result.output) == MAX_OUTPUT
    assert "was ended" in result.ended_because


async def test_a_program_that_leaves_another_session_behind_is_not_waited_for(
    tmp_path: Path,
) -> None:
    fifo = tmp_path / "left"
    os.mkfifo(fifo)
    left = f"import os,signal; open({str(fifo)!r},'w').write(str(os.getpid())); signal.pause()"
    program = (
        f"import subprocess,sys; subprocess.Popen([sys.executable,'-c',{left!r}],"
        "start_new_session=True)\nwhile True: print('x' * 1000)"
    )
    task = asyncio.create_task(run_program([PYTHON, "-c", program]))
    process = int(await asyncio.to_thread(fifo.read_text))
    try:
        assert "was ended" in (await task).ended_because
    finally:
        os.kill(process, signal.SIGKILL)


async def test_a_program_ends_when_its_task_is_cancelled(tmp_path: Path) -> None:
    fifo = tmp_path / "begun"
    os.mkfifo(fifo)
    program = f"import os,signal; open({str(fifo)!r},'w').write(str(os.getpid())); signal.pause()"
    task = asyncio.create_task(run_program([PYTHON, "-c", program]))
    process = int(await asyncio.to_thread(fifo.read_text))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_program_that_does_not_exist_is_named() -> None:
    with pytest.raises(TuiReaderError, match="There is no program “no-such-program”"):
        await run_program(["no-such-program"])
