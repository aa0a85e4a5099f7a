"""One piece of work on each of many articles, spread over the cores, its results in order.

Never more than a few batches are held, however many articles there are. The first
articles are worked on in this process: other processes take longer to start than that.
"""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from tuireader.domain.errors import TuiReaderError

Item = TypeVar("Item")
Result = TypeVar("Result")
HERE = 64
"""Articles that are worked on before other processes are started: about half a second's work."""
_BATCH = 64
"""Articles that a process is given at once, at most."""
_BATCH_SIZE = 400_000
"""Code points after which a batch is given away with fewer articles."""
_GRACE = 2.0
"""Seconds that processes have to end when no more results are wanted."""
_STOPS: list[Event] = []
"""In a process that was started: what tells it that no more results are wanted."""
_AHEAD = 3
"""Batches a process that are given out before their results are asked for."""


def _length(article: Any) -> int:
    return len(article.text)


def map_in_processes(
    work: Callable[[Item], Result],
    articles: Iterable[Item],
    jobs: int = 0,
    *,
    here: int = HERE,
    size: Callable[[Item], int] = _length,
) -> Generator[Result]:
    """The result of the work on each article, in the order of the articles.

    `work` and its results go through pickle if more than one process works. `jobs` is
    how many do, 0 for one a core; `here` is how many articles are worked on before that,
    and `size` what an article counts where the work is shared out, else the length of its
    text. Raises TuiReaderError if a process dies.
    """
    jobs = jobs or _cores()
    remaining = iter(articles)
    yield from map(work, remaining if jobs == 1 else islice(remaining, here))
    following = list(islice(remaining, 1))
    if following:
        yield from _apart(work, _batches(following, remaining, size), jobs)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(
    first: list[Item], remaining: Iterator[Item], size: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """The articles in batches of about the same size."""
    batch, full = first, sum(map(size, first))
    for article in remaining:
        if len(batch) >= _BATCH or full >= _BATCH_SIZE:
            yield batch
            batch, full = [], 0
        batch.append(article)
        full += size(article)
    yield batch


def _apart(
    work: Callable[[Item], Result], batches: Iterator[list[Item]], jobs: int
) -> Iterator[Result]:
    # A fork would copy this process's threads' locks as they happen to be.
    context = get_context("spawn")
    stop = context.Event()
    executor = ProcessPoolExecutor(jobs, context, _begin, (stop,))
    waiting: deque[Future[list[Result]]] = deque()
    try:
        for batch in batches:
            waiting.append(executor.submit(_done, work, batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise TuiReaderError(
            "A process that was working on the articles died; what was printed before is whole. "
            "Try again with --jobs 1."
        ) from error
    except BaseException:
        # One that is killed while it hands over its results would be waited for in vain.
        stop.set()
        executor.shutdown(wait=False, cancel_futures=True)
        _end_children(time.monotonic() + _GRACE)
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _done(work: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [work(article) for article in batch if not any(stop.is_set() for stop in _STOPS)]


def _end_children(deadline: float) -> None:
    """Wait until they have ended; one that is in the midst of a long text then is killed."""
    for child in active_children():
        child.join(max(0.0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()


def _begin(stop: Event) -> None:
    """Leave Ctrl+C to the process that started this one, and end with it however it ends."""
    _STOPS.append(stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
