"""Maps a function over articles on all cores, with the results in order.

Only a few batches are in memory at a time. The first articles are processed in this
process, because starting others takes longer.
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
LOCAL_ITEMS = 64
"""Articles that are processed before other processes are started: about half a second of work."""
_BATCH = 64
"""Most articles in a batch."""
_BATCH_SIZE = 400_000
"""Code points from which a batch is full, even if it has fewer articles."""
_GRACE = 2.0
"""Seconds that processes have to end after a cancellation; then they are killed."""
_STOP_EVENTS: list[Event] = []
"""In a worker process: the event that is set on cancellation."""
_BATCHES_AHEAD = 3
"""Batches per process that are submitted before the first result is awaited."""


def _length(article: Any) -> int:
    """Return the length of an article's text in code points, which stands for its cost."""
    return len(article.text)


def map_in_processes(
    work: Callable[[Item], Result],
    articles: Iterable[Item],
    jobs: int = 0,
    *,
    local_items: int = LOCAL_ITEMS,
    size: Callable[[Item], int] = _length,
) -> Generator[Result]:
    """Apply a function to each article, and yield the results in the order of the articles.

    An exception of the function ends the iteration. Closing the generator ends the processes.

    Args:
        work: The function. It and its results must be picklable.
        articles: The articles, or other items; read as they are needed.
        jobs: The number of processes; 0 for one per core; with 1, all is done in this process.
        local_items: Items that are processed here before other processes are started.
        size: The cost of an item, for batches of equal size; by default the text's length.

    Raises:
        TuiReaderError: A process died.
    """
    jobs = jobs or _cores()
    remaining = iter(articles)
    yield from map(work, remaining if jobs == 1 else islice(remaining, local_items))
    following = list(islice(remaining, 1))
    if following:
        yield from _map_in_pool(work, _batches(following, remaining, size), jobs)


def _cores() -> int:
    """Return the number of cores that this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(
    first: list[Item], remaining: Iterator[Item], size: Callable[[Item], int]
) -> Iterator[list[Item]]:
    """Yield the items in batches of at most `_BATCH`, closed once their cost is `_BATCH_SIZE`.

    `first` is the beginning of the first batch; `size` returns an item's cost.
    """
    batch, full = first, sum(map(size, first))
    for article in remaining:
        if len(batch) >= _BATCH or full >= _BATCH_SIZE:
            yield batch
            batch, full = [], 0
        batch.append(article)
        full += size(article)
    yield batch


def _map_in_pool(
    work: Callable[[Item], Result], batches: Iterator[list[Item]], jobs: int
) -> Iterator[Result]:
    # A fork would copy this process's threads' locks as they happen to be.
    """Process batches in `jobs` worker processes; yield the results in the items' order.

    Raises TuiReaderError if a process dies.
    """
    context = get_context("spawn")
    stop = context.Event()
    executor = ProcessPoolExecutor(jobs, context, _start_worker, (stop,))
    waiting: deque[Future[list[Result]]] = deque()
    try:
        for batch in batches:
            waiting.append(executor.submit(_process_batch, work, batch))
            if len(waiting) >= jobs * _BATCHES_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise TuiReaderError(
            "A process that was working on the articles died. What was printed before is complete. "
            "Try again with --jobs 1."
        ) from error
    except BaseException:
        # Waiting for a process that is killed while it returns its results never ends.
        stop.set()
        executor.shutdown(wait=False, cancel_futures=True)
        _end_children(time.monotonic() + _GRACE)
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _process_batch(work: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    """Return the results for a batch; only those so far if the work is cancelled."""
    return [work(article) for article in batch if not any(stop.is_set() for stop in _STOP_EVENTS)]


def _end_children(deadline: float) -> None:
    """Wait for the child processes until the deadline, then kill those that are left.

    `deadline` is a time of the monotonic clock, in seconds.
    """
    for child in active_children():
        child.join(max(0.0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()


def _start_worker(stop: Event) -> None:
    """Set up a worker process: ignore Ctrl+C, and end when the parent ends."""
    _STOP_EVENTS.append(stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Thread body: wait until the parent process ends, then exit with status 1."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
