"""The loop's settings as command-line arguments."""

import argparse
from dataclasses import fields
from typing import get_args

from voxct.contrastive.loop import LoopConfig
from voxct.contrastive.precision import Precision


def add_loop_arguments(parser: argparse.ArgumentParser) -> None:
    """--steps, --batch, …: one a field of LoopConfig, with its default."""
    group = parser.add_argument_group("training loop")
    for each in fields(LoopConfig):
        name = f"--{each.name.replace('_', '-')}"
        if each.name == "precision":
            group.add_argument(name, choices=get_args(Precision), default=each.default)
        elif isinstance(each.default, bool):
            group.add_argument(name, action="store_true", default=each.default)
        else:
            group.add_argument(name, type=type(each.default), default=each.default)


def to_loop_config(given: argparse.Namespace) -> LoopConfig:
    return LoopConfig(**{each.name: getattr(given, each.name) for each in fields(LoopConfig)})
