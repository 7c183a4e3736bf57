"""A file of PyTorch weights that somebody else saved: what it is where it is none; its tensors, whatever wraps them."""

import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

EMA = ("ema_state_dict", "state_dict_ema", "model_ema", "ema_model", "ema", "shadow", "shadow_params")
PLAIN = ("state_dict", "model_state_dict", "model", "module", "net", "network", "weights", "params", "state")
OUTER = ("checkpoint", "ckpt", "data")
"""Names under which trainers keep the weights. Averaged ones first: they are what is evaluated (as timm does)."""
MODULES = ("module.", "_orig_mod.", "model.", "ema_model.", "model_ema.")
"""What DistributedDataParallel, torch.compile, Lightning and averaging put before every name."""
COUNTERS = ("n_averaged", "initted", "step", "num_updates", "decay")
ONLINE = "online_model."
MOST_NESTED = 4
NAMED = 3


class UnsuitableWeights(ValueError):
    """Says what is wrong with the file and what to do; without the file's name."""


def read_weights(path: Path) -> dict[str, Tensor]:
    """Names to tensors, without wrappers. Tensors of a file of torch 1.6 and later stay in it (memory-mapped)."""
    if not path.is_file():
        raise UnsuitableWeights("there is no such file" if not path.is_dir() else "is a folder, not a file of weights")
    wrong = name_other_content(path)
    if wrong:
        raise UnsuitableWeights(wrong)
    try:
        stored = torch.load(path, map_location="cpu", weights_only=True, mmap=is_zip(path))
    except pickle.UnpicklingError as error:
        raise UnsuitableWeights(explain_pickle(error)) from error
    except (RuntimeError, EOFError, ValueError, OSError) as error:
        raise UnsuitableWeights(f"cannot be read as a PyTorch state dict: {first_line(error)}") from error
    state = unwrap(stored)
    refuse_not_finite(state)
    return state


def name_other_content(path: Path) -> str | None:
    """What a download left in place of weights, by its first bytes; None where it may be weights."""
    with path.open("rb") as file:
        head = file.read(512)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "is empty (0 bytes): the download did not begin; fetch it again"
    if text.startswith(b"version ") and b"git-lfs" in text:
        return "is a git-lfs pointer, not the weights: run git lfs pull, or download the file itself"
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<body")):
        return "is a web page, not the weights: a login or a licence stands before the download; fetch it signed in"
    if text.startswith((b"{", b"[")) and b"\x00" not in head:
        return "is JSON, not the weights: most likely the answer of a server that refused the download"
    if not any(head):
        return "holds zeros alone: the download broke off; fetch it again"
    return None


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def explain_pickle(error: Exception) -> str:
    """weights_only refuses Python objects, as a trainer's arguments or an optimizer's class."""
    if "Unsupported global" in str(error) or "Unsupported class" in str(error):
        return (
            "holds Python objects beside its tensors, which are not run here: save the tensors alone with "
            "torch.save(torch.load(FILE, weights_only=False)['model'], 'weights.pt'), the key as the file has it"
        )
    return f"cannot be read as a PyTorch state dict: {first_line(error)}"


def first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def unwrap(stored: object) -> dict[str, Tensor]:
    """The state dict in what was saved: itself, or under one of the usual names, with or without `module.`"""
    found = find_state(stored, MOST_NESTED)
    if found is None:
        held = ", ".join(map(str, list(stored)[:NAMED])) if isinstance(stored, Mapping) else type(stored).__name__
        raise UnsuitableWeights(
            f"holds no plain state dict (names of tensors to tensors), but {held}: save model.state_dict() by itself"
        )
    return strip_modules(found)


def find_state(stored: object, depth: int) -> dict[str, Tensor] | None:
    if not isinstance(stored, Mapping) or depth == 0:
        return None
    if stored and all(isinstance(key, str) for key in stored) and all(isinstance(v, Tensor) for v in stored.values()):
        return dict(stored)
    named = (stored[name] for name in (*EMA, *PLAIN, *OUTER) if name in stored)
    return next((state for inner in named if (state := find_state(inner, depth - 1))), None)


def strip_modules(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Names without the modules that wrap the whole model; a wrapper's own counters go with it."""
    while True:
        if any(name.startswith(ONLINE) for name in state):
            state = {name: value for name, value in state.items() if not name.startswith(ONLINE)}
        inner = [name for name in state if name not in COUNTERS]
        prefix = next((p for p in MODULES if inner and all(name.startswith(p) for name in inner)), None)
        if prefix is None:
            return state
        state = {name.removeprefix(prefix): state[name] for name in inner}


def refuse_not_finite(state: Mapping[str, Tensor]) -> None:
    """A NaN in one tensor makes one embedding of every scan, and comparing a graph with it proves nothing."""
    broken = [
        f"{name} ({count} of {tensor.numel()})"
        for name, tensor in state.items()
        if tensor.is_floating_point() and (count := int((~torch.isfinite(tensor)).sum()))
    ]
    if broken:
        more = f" and {len(broken) - NAMED} more" if len(broken) > NAMED else ""
        raise UnsuitableWeights(
            f"holds values that are no finite numbers: {', '.join(broken[:NAMED])}{more}: the file is damaged, or its "
            "training had come apart; take another checkpoint"
        )
