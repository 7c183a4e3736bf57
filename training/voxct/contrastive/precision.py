"""Mixed precision: autocast, and loss scaling where float16 needs it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal

import torch

Precision = Literal["auto", "fp32", "bf16", "fp16"]
DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


def choose_precision(asked: Precision, device: torch.device) -> str:
    """auto: bf16, except on GPUs that lack it."""
    if asked != "auto":
        return asked
    return "fp16" if device.type == "cuda" and not torch.cuda.is_bf16_supported() else "bf16"


def autocast(precision: str, device: torch.device) -> AbstractContextManager:
    return torch.autocast(device.type, DTYPES.get(precision), enabled=precision in DTYPES)


def make_scaler(precision: str, device: torch.device) -> torch.amp.GradScaler:
    """Does nothing but for fp16."""
    return torch.amp.GradScaler(device.type, enabled=precision == "fp16")
