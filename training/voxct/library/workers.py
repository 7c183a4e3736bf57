"""Cases through the pack's graphs in several processes, each with its own session."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from voxct.corpora.journal import Row
from voxct.corpora.refusals import Refused
from voxct.library.archive import Case
from voxct.library.encoder import PackEncoder


@dataclass(frozen=True)
class WorkRules:
    """threads: of onnxruntime, a worker. workers 0: in this process."""

    pack: Path
    variant: str | None = None
    workers: int = 1
    threads: int = 1


encoder: PackEncoder | None = None
"""Of this worker process."""


def open_encoder(rules: WorkRules) -> None:
    global encoder
    encoder = PackEncoder(rules.pack, rules.variant, rules.threads)


def embed(case: Case) -> Row:
    """A refusal without a stamp (an error that nobody foresaw) is tried again by the next run."""
    about = {"stamp": case.stamp}
    try:
        return Row(case.id, encoder.embed(case), about=about)
    except Refused as refused:
        return Row(case.id, refused=str(refused), about=about)
    except Exception as error:  # a file that nobody foresaw must not end a run of days
        reason = f"can't be embedded ({type(error).__name__}: {' '.join(str(error).split())[:160]})"
        return Row(case.id, refused=reason)


def check_pack(rules: WorkRules) -> None:
    """Runs the pack's self-test once, with all of the threads, and lets the graphs go again."""
    PackEncoder(rules.pack, rules.variant, max(1, rules.workers) * rules.threads).check()


def embed_cases(cases: list[Case], rules: WorkRules) -> Iterator[Row]:
    """Rows as they are ready."""
    if rules.workers == 0:
        open_encoder(rules)
        yield from map(embed, cases)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(rules.workers, context, initializer=open_encoder, initargs=(rules,)) as pool:
        try:
            yield from run_bounded(pool, cases, 2 * rules.workers)
        except BrokenProcessPool as error:
            raise RuntimeError(
                "a worker died, most likely for want of memory: start again with fewer --workers; what is done is kept"
            ) from error


def run_bounded(pool: ProcessPoolExecutor, cases: list[Case], ahead: int) -> Iterator[Row]:
    """Never more than `ahead` cases handed out, so that stopping takes no longer than they do."""
    rest = iter(cases)
    running: set[Future] = {pool.submit(embed, case) for case in islice(rest, ahead)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(embed, case) for case in islice(rest, len(done))}
        for future in done:
            yield future.result()
