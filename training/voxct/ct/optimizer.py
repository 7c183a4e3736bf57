"""Muon for the matrices inside the transformers, AdamW for everything else."""

import torch
from torch import nn


class PairedOptimizer:
    """Two optimizers behind one interface; `factor` scales both peak rates."""

    def __init__(self, modules: nn.Module, adam_rate: float, muon_rate: float, weight_decay: float) -> None:
        named = list(modules.named_parameters())
        matrices = [p for name, p in named if p.ndim == 2 and "transformer." in name and "rel_pos" not in name]
        chosen = {id(p) for p in matrices}
        others = [p for _, p in named if id(p) not in chosen]
        self.adam = torch.optim.AdamW(others, lr=adam_rate, betas=(0.9, 0.98), weight_decay=weight_decay)
        self.muon = torch.optim.Muon(matrices, lr=muon_rate, weight_decay=weight_decay, adjust_lr_fn="match_rms_adamw")
        self.peaks = (adam_rate, muon_rate)

    def step(self, factor: float) -> None:
        for optimizer, peak in zip((self.adam, self.muon), self.peaks, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = peak * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def state_dict(self) -> dict:
        return {"adam": self.adam.state_dict(), "muon": self.muon.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.adam.load_state_dict(state["adam"])
        self.muon.load_state_dict(state["muon"])
