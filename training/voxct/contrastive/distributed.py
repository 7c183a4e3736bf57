"""One process or several (torchrun): NCCL on GPUs, Gloo on CPUs. Every function does the obvious with one process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor

PATIENCE = timedelta(hours=12)
"""One process may embed its share of a corpus hours before another; the default gives up after 10 minutes."""


@dataclass(frozen=True)
class Place:
    """This process among all."""

    rank: int
    world: int
    device: torch.device

    @property
    def is_first(self) -> bool:
        return self.rank == 0


def join_processes(device: str | None = None) -> Place:
    """Reads torchrun's environment. device: "cuda", "cpu"; None takes a GPU where there is one."""
    kind = device or ("cuda" if torch.cuda.is_available() else "cpu")
    world = int(os.environ.get("WORLD_SIZE", "1"))
    local = torch.device(kind, int(os.environ.get("LOCAL_RANK", "0"))) if kind == "cuda" else torch.device(kind)
    if kind == "cuda":
        torch.cuda.set_device(local)
    if world > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if kind == "cuda" else "gloo", timeout=PATIENCE)
    return Place(int(os.environ.get("RANK", "0")), world, local)


def leave_processes() -> None:
    if dist.is_initialized():
        dist.destroy_process_group()


def is_shared() -> bool:
    return dist.is_available() and dist.is_initialized() and dist.get_world_size() > 1


class GatherRows(torch.autograd.Function):
    """Rows [n, d] of every process -> [world * n, d]. The gradient is summed over processes: each of them computes the
    loss of the whole batch, and DistributedDataParallel divides by their number again.
    """

    @staticmethod
    def forward(ctx, rows: Tensor) -> Tensor:
        parts = [torch.empty_like(rows) for _ in range(dist.get_world_size())]
        dist.all_gather(parts, rows.contiguous())
        ctx.size = len(rows)
        return torch.cat(parts)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        summed = gradient.contiguous().clone()
        dist.all_reduce(summed)
        start = dist.get_rank() * ctx.size
        return summed[start : start + ctx.size]


def gather_rows(rows: Tensor) -> Tensor:
    """Rows of all processes in the order of their ranks, with gradients; the same number from each."""
    return GatherRows.apply(rows) if is_shared() else rows


def gather_objects(own: object) -> list:
    """What every process gave, by rank."""
    if not is_shared():
        return [own]
    parts = [None] * dist.get_world_size()
    dist.all_gather_object(parts, own)
    return parts


def sum_over_processes(values: Tensor) -> Tensor:
    """In place."""
    if is_shared():
        dist.all_reduce(values)
    return values


def wait_for_all() -> None:
    if is_shared():
        dist.barrier()
