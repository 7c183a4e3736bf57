"""Reads a speech encoder as Hugging Face stores it: a folder with config.json, or a single file of weights."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn

STATE_FILES = ("model*.safetensors", "pytorch_model*.bin")
CONFIGS = ("config.json", "preprocessor_config.json")


def read_state(path: Path) -> dict[str, Tensor]:
    """All tensors of a folder's weight files (or of one file) by name."""
    if path.is_dir():
        files = next((found for pattern in STATE_FILES if (found := sorted(path.glob(pattern)))), [])
        if not files:
            raise ValueError(f"{path}: no weights; expected {' or '.join(STATE_FILES)}")
        return {name: tensor for file in files for name, tensor in read_state(file).items()}
    if not path.exists():
        raise ValueError(f"{path}: no such file; give a Hugging Face folder, a file of weights or the word random")
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(path)
    state = torch.load(path, map_location="cpu", weights_only=True)
    if not all(isinstance(value, Tensor) for value in state.values()):
        raise ValueError(f"{path}: not a plain state dict; found {', '.join(map(str, list(state)[:5]))}")
    return state


def read_config(path: Path) -> dict:
    """config.json and preprocessor_config.json of the folder (or of the file's folder) in one; {} without them."""
    folder = path if path.is_dir() else path.parent
    found = [folder / name for name in CONFIGS if (folder / name).exists()]
    return {key: value for file in found for key, value in json.loads(file.read_text(encoding="utf-8")).items()}


def read_saved(path: Path) -> dict | None:
    """{"config", "state"} as training saves a whole encoder; None for any other file."""
    if path.is_dir() or path.suffix not in (".pt", ".pth") or not path.exists():
        return None
    saved = torch.load(path, map_location="cpu", weights_only=True)
    return saved if isinstance(saved, dict) and {"config", "state"} <= saved.keys() else None


def cut_prefix(state: dict[str, Tensor], marker: str) -> dict[str, Tensor]:
    """Names from the module that holds `marker` on, whatever stands before it; other modules' tensors are dropped."""
    at = next((name.index(marker) for name in state if name.endswith(marker)), None)
    if at is None:
        raise ValueError(f"no tensor named …{marker}: not an encoder of this kind (found {', '.join(list(state)[:5])})")
    prefix = next(name for name in state if name.endswith(marker))[:at]
    return {name.removeprefix(prefix): tensor for name, tensor in state.items() if name.startswith(prefix)}


def load_exactly(module: nn.Module, state: dict[str, Tensor], where: str, known_extras: tuple[str, ...] = ()) -> None:
    """Loads every tensor; lists all missing, unexpected and misshapen ones in one error."""
    own = module.state_dict()
    wrong = [f"missing: {name}" for name in own if name not in state]
    wrong += [f"unexpected: {name}" for name in state if name not in own and not name.startswith(known_extras)]
    wrong += [
        f"{name}: {tuple(state[name].shape)}, not {tuple(own[name].shape)}"
        for name in own
        if name in state and state[name].shape != own[name].shape
    ]
    if wrong:
        raise ValueError(f"{where} does not fit this encoder:\n" + "\n".join(wrong))
    module.load_state_dict({name: state[name].float() for name in own})
