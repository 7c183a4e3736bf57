"""The same work by a Ray cluster: a worker that dies, or its machine, is replaced and its case tried again.

Ray is an option (requirements-ray.txt) and is imported on use alone. Every machine needs this checkout, its packages,
the pack and the archive at the same paths (a shared folder); each worker runs the pack's self-test before it begins.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from voxct.corpora.journal import Row
from voxct.library.archive import Case
from voxct.library.workers import Worker, WorkRules, open_worker

ROOT = Path(__file__).resolve().parents[2]
TRIES = 2
"""How often a case is tried again whose worker died."""
AHEAD = 2
"""Cases a worker has before it, so that none waits for the driver."""


def import_ray() -> Any:
    """Raises RuntimeError where Ray is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise RuntimeError("--ray needs Ray: python -m pip install -r requirements-ray.txt") from error
    return ray


def knock(address: str) -> None:
    """Ray itself tries an address at which nobody is for minutes. Raises OSError."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=5).close()


def bring_token() -> bool:
    """Whether there is one that was not brought yet. `ray start` protects a cluster with a token wherever one lies in
    ~/.ray (a former ray.init on that machine leaves it there), while `ray.init` brings it by itself only where the
    address is "auto" (ray/_private/worker.py), and is turned away with InvalidAuthToken otherwise.
    """
    from ray._private.authentication import authentication_token_setup as tokens

    if os.environ.get(tokens.AUTH_MODE_ENV_VAR):
        return False
    return tokens.maybe_enable_token_auth_if_token_available(warn_if_disabled=False)


def hash_manifest(pack: Path) -> str:
    return hashlib.sha256((pack / "manifest.json").read_bytes()).hexdigest()


class RayWorker:
    """Lives in a process of the cluster."""

    def __init__(self, rules: WorkRules, manifest: str) -> None:
        if not (rules.pack / "manifest.json").is_file() or hash_manifest(rules.pack) != manifest:
            raise ValueError(f"{os.uname().nodename} has no pack, or another one, at {rules.pack}")
        self.worker: Worker = open_worker(rules)
        self.worker.encoder.check()

    def embed(self, case: Case) -> Row:
        return self.worker.embed(case)

    def process(self) -> int:
        return os.getpid()


def embed_by_ray(cases: list[Case], rules: WorkRules, address: str) -> Iterator[Row]:
    """Rows as they are ready. RuntimeError: no Ray, no cluster at the address, or workers that can't start."""
    if not cases:
        return
    with RayPool(rules, address) as pool:
        yield from pool.embed(cases)


@dataclass
class RayPool:
    """Workers of a cluster. rules.workers 0: as many as the cluster has cores for."""

    rules: WorkRules
    address: str
    actors: list = field(default_factory=list)

    def __enter__(self) -> RayPool:
        self.ray = import_ray()
        self.was_open = self.ray.is_initialized()
        if not self.was_open:
            self.connect()
        rules = WorkRules(**{**vars(self.rules), "pack": self.rules.pack.resolve()})
        count = self.rules.workers or max(1, int(self.ray.cluster_resources().get("CPU", 1)) // self.rules.threads)
        options = {"num_cpus": self.rules.threads, "max_restarts": -1, "max_task_retries": TRIES}
        make = self.ray.remote(**options)(RayWorker)
        self.actors = [make.remote(rules, hash_manifest(rules.pack)) for _ in range(count)]
        return self

    def connect(self) -> None:
        """PYTHONPATH: the workers import this checkout whatever folder they start in."""
        environment = {"env_vars": {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(self.rules.threads)}}
        options: dict = {"runtime_env": environment, "log_to_driver": False, "logging_level": "ERROR"}
        if self.address != "local":
            options["address"] = self.address
        else:
            options |= {"address": "local", "num_cpus": max(1, self.rules.workers) * self.rules.threads}
            options |= {"include_dashboard": False}
        try:
            knock(self.address)
            self.init(options)
        except (OSError, ValueError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise RuntimeError(
                f"no Ray cluster at {self.address} ({reason}): ray start --head makes one; where it has a token, "
                "~/.ray/auth_token must be the same on every machine"
            ) from error

    def init(self, options: dict) -> None:
        """As the cluster answers, without or with the token that lies here."""
        try:
            self.ray.init(**options)
        except (OSError, RuntimeError):
            if self.address == "local" or not bring_token():
                raise
            self.ray.init(**options)

    def __exit__(self, *_: object) -> None:
        for actor in self.actors:
            self.ray.kill(actor)
        if not self.was_open:
            self.ray.shutdown()

    def processes(self) -> list[int]:
        """Of the workers, each on its machine."""
        return self.ray.get([actor.process.remote() for actor in self.actors])

    def embed(self, cases: list[Case]) -> Iterator[Row]:
        rest = iter(cases)
        running = {}
        for _ in range(AHEAD):
            for actor in self.actors:
                self.hand_out(actor, rest, running)
        while running:
            (done,), _ = self.ray.wait(list(running), num_returns=1)
            actor, case = running.pop(done)
            self.hand_out(actor, rest, running)
            yield self.collect(done, case)

    def hand_out(self, actor: Any, rest: Iterator[Case], running: dict) -> None:
        for case in islice(rest, 1):
            running[actor.embed.remote(case)] = (actor, case)

    def collect(self, answer: Any, case: Case) -> Row:
        """A row without a stamp is tried again by the next run. RuntimeError where workers can't start at all."""
        exceptions = self.ray.exceptions
        try:
            return self.ray.get(answer)
        except exceptions.ActorDiedError as error:
            reason = " ".join(str(error).split())
            raise RuntimeError(f"the workers can't start: {reason[-300:]}") from error
        except exceptions.RayError as error:
            kind = type(error).__name__
            return Row(case.id, refused=f"can't be embedded: its worker died {TRIES + 1} times over it ({kind})")
