"""Who does the work on transcripts: this process, processes beside it, or a Dask cluster.

It never decides what is done: whoever does it, the results are the same and are asked for in the same order.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from typing import Any, Protocol

from joblib import cpu_count

from flows.cluster import open_cluster
from flows.parent import end_with_parent

_WARNINGS = "PYTHONWARNINGS"
_QUIET = "ignore:resource_tracker:UserWarning"  # it tidies up after a run that was killed, and would talk of that
PIECE = 250  # what a killed run loses, and how often a run tells how far it is
WORTH_PROCESSES = 2_000  # fewer segments are done here sooner than another process is started
MOST_PROCESSES = 4  # of those started unasked: each holds the models (about 400 MB)


class Pending(Protocol):
    """Work that was handed out."""

    def result(self) -> Any:
        """What the work returns; waits for it. Raises what the work raises."""
        ...


class Crew(Protocol):
    """Does functions of nlp.apart on pieces of a study, whole transcripts of `piece` segments or a little more."""

    piece: int

    def hand_out(self, work: Callable[[Any], Any], batches: Sequence[Any]) -> list[Pending]:
        """Have `work` done on each of the batches, all of which are handed out at once."""
        ...


@dataclass(frozen=True)
class _Later:
    """Work that this process does when its result is asked for."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]

    def result(self) -> Any:
        return self.work(*self.arguments)


class ThisProcess:
    """This process, one piece after the other."""

    piece = PIECE

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Pending:
        """Do it when it is asked for."""
        return _Later(work, arguments)

    def hand_out(self, work: Callable[[Any], Any], batches: Sequence[Any]) -> list[Pending]:
        """Do each when it is asked for."""
        return [self.submit(work, batch) for batch in batches]


@dataclass(frozen=True)
class _Elsewhere:
    """Work in a process beside this one; when such a process dies (out of memory), this one does it."""

    future: Future[Any]
    here: _Later

    def result(self) -> Any:
        try:
            return self.future.result()
        except BrokenProcessPool:
            return self.here.result()


class Processes:
    """A few processes beside this one, started when they are first needed."""

    piece = PIECE

    def __init__(self, number: int):
        self.number = number

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        warnings = os.environ.get(_WARNINGS)
        os.environ[_WARNINGS] = f"{warnings},{_QUIET}" if warnings else _QUIET
        # Started afresh: a copy of this process (fork) may hold locks of Prefect's threads for ever.
        return ProcessPoolExecutor(self.number, multiprocessing.get_context("spawn"), end_with_parent)

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Pending:
        """Hand it to the next process that is free."""
        here = _Later(work, arguments)
        pool = self._pool  # before the next line, which multiprocessing undoes when it makes its first semaphore
        # Ctrl+C reaches every process of a terminal: this one ends the others, which start deaf to it and say nothing.
        heard = pthread_sigmask(SIG_BLOCK, [SIGINT])
        try:
            return _Elsewhere(pool.submit(work, *arguments), here)
        except BrokenProcessPool:
            return here
        finally:
            pthread_sigmask(SIG_SETMASK, heard)

    def hand_out(self, work: Callable[[Any], Any], batches: Sequence[Any]) -> list[Pending]:
        """All at once to whoever is free; little work, or a single batch, is not worth another process."""
        if len(batches) == 1 or sum(map(len, batches)) < WORTH_PROCESSES:
            return ThisProcess().hand_out(work, batches)
        return [self.submit(work, batch) for batch in batches]

    def abandon(self) -> None:
        """Kill the processes, whatever they are at."""
        for process in multiprocessing.active_children():
            process.kill()

    def close(self) -> None:
        """End the processes, if any was started, once each has done what it is at."""
        if "_pool" in self.__dict__:
            self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def crew_for(processes: int | None = None, dask: str | None = None) -> Iterator[Crew]:
    """The Dask cluster whose scheduler is at `dask`, or `processes` processes.

    Without a number there are as many as processors that this process may use, at most four. Raises ClusterError as
    flows.cluster says.
    """
    if dask:
        with open_cluster(dask) as cluster:
            yield cluster
        return
    number = processes or min(cpu_count(), MOST_PROCESSES)
    if number == 1:
        yield ThisProcess()
        return
    crew = Processes(number)
    try:
        yield crew
    except BaseException:  # Ctrl+C too: nobody wants what they are at, which takes them a while
        crew.abandon()
        raise
    finally:
        crew.close()
