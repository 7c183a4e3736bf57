"""Two halves of a batch on two threads, one core each.

PyTorch's own two-thread mode waits at every kernel and crawls as soon as another program uses a core; here the threads
meet once a step. Replicas share the storage of the parameters and keep gradients of their own.
"""

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import nn


class Replicas:
    """modules: the trained modules, as one nn.ModuleDict (or any module)."""

    def __init__(self, modules: nn.Module, count: int) -> None:
        self.main = modules
        self.all = [modules, *(share_parameters(modules) for _ in range(count - 1))]
        self.workers = ThreadPoolExecutor(count, initializer=torch.set_num_threads, initargs=(1,))

    def step(self, work: Callable[[nn.Module, int], dict[str, float]]) -> list[dict[str, float]]:
        """work(replica, index) runs forward and backward; then the gradients are averaged into the main modules."""
        jobs = [self.workers.submit(work, replica, index) for index, replica in enumerate(self.all)]
        parts = [job.result() for job in jobs]
        for main, *others in zip(*(replica.parameters() for replica in self.all), strict=True):
            for other in others:
                if other.grad is not None:
                    main.grad = other.grad.clone() if main.grad is None else main.grad.add_(other.grad)
                    other.grad = None
            if main.grad is not None:
                main.grad.div_(len(self.all))
        return parts


def share_parameters(modules: nn.Module) -> nn.Module:
    """A deep copy whose parameters are views of the originals' storage."""
    replica = copy.deepcopy(modules)
    for mine, theirs in zip(replica.parameters(), modules.parameters(), strict=True):
        mine.data = theirs.data
    return replica
