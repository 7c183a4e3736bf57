"""Cases through the pack's graphs in several processes, each with its own session."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from voxct.corpora.journal import Row
from voxct.corpora.refusals import Refused
from voxct.library.archive import Case
from voxct.library.encoder import PackEncoder
from voxct.library.features import to_mean


@dataclass(frozen=True)
class WorkRules:
    """threads: of onnxruntime, a worker. workers 0: in this process. features, tokens: what rows bring besides."""

    pack: Path
    variant: str | None = None
    workers: int = 1
    threads: int = 1
    features: bool = False
    tokens: bool = False


@dataclass(frozen=True)
class Worker:
    """One case after another through graphs that stay open."""

    encoder: PackEncoder
    rules: WorkRules

    def embed(self, case: Case) -> Row:
        """A refusal without a stamp (an error that nobody foresaw) is tried again by the next run."""
        about = {"stamp": case.stamp}
        try:
            embedding, tokens = self.encoder.look(case)
            mean = to_mean(tokens) if self.rules.features else None
            kept = tokens[0].astype(np.float16) if self.rules.tokens else None
            return Row(case.id, embedding, about=about, mean=mean, tokens=kept)
        except Refused as refused:
            return Row(case.id, refused=str(refused), about=about)
        except Exception as error:  # a file that nobody foresaw must not end a run of days
            reason = f"can't be embedded ({type(error).__name__}: {' '.join(str(error).split())[:160]})"
            return Row(case.id, refused=reason)


def open_worker(rules: WorkRules) -> Worker:
    return Worker(PackEncoder(rules.pack, rules.variant, rules.threads), rules)


worker: Worker | None = None
"""Of this worker process."""


def open_here(rules: WorkRules) -> None:
    global worker
    worker = open_worker(rules)


def embed(case: Case) -> Row:
    return worker.embed(case)


def check_pack(rules: WorkRules) -> None:
    """Runs the pack's self-test once, with all of the threads, and lets the graphs go again."""
    encoder = PackEncoder(rules.pack, rules.variant, max(1, rules.workers) * rules.threads)
    encoder.check()
    if rules.features:
        encoder.check_linear()


def embed_cases(cases: list[Case], rules: WorkRules) -> Iterator[Row]:
    """Rows as they are ready."""
    if rules.workers == 0:
        yield from map(open_worker(rules).embed, cases)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(rules.workers, context, initializer=open_here, initargs=(rules,)) as pool:
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
