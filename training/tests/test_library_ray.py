"""An archive through a Ray cluster: the bytes of one process, also where a worker is killed in the middle."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import build_library
from voxct.corpora import generate
from voxct.library import ray_workers

TINY = Path(__file__).resolve().parents[2] / "fixtures/models/tiny"
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="Ray is not installed (requirements-ray.txt, 230 MB); npm run test:full installs it and runs this",
)


@pytest.fixture
def archive(tmp_path) -> Path:
    for seed in range(1, 13):
        hu = generate.draw_chest(generate.draw_labels(seed), seed)
        generate.write_nifti(tmp_path / f"archive/train_{seed}_a_1.nii.gz", hu, generate.Body().spacing_mm)
    generate.write_nifti(tmp_path / "archive/head.nii.gz", generate.draw_head(), (6.0, 6.0, 6.0))
    return tmp_path / "archive"


@pytest.fixture
def cluster(monkeypatch):
    """Two machines of one core each, as far as Ray can tell; at the niceness of the test, so that others' work on this
    machine does not starve them.
    """
    monkeypatch.setenv("RAY_worker_niceness", "0")
    ray = ray_workers.import_ray()
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args=small)
    made.add_node(num_cpus=1, object_store_memory=100 * 1024 * 1024)
    yield made
    ray.shutdown()
    made.shutdown()


def build(archive: Path, folder: Path, **options) -> dict[str, bytes]:
    """Everything that lies in the pack and among the features afterwards, by name."""
    pack = Path(shutil.copytree(TINY, folder / "pack"))
    build_library.main(build_library.Config(archive, pack, features=folder / "features", keep_tokens=True, **options))
    kept = [*pack.iterdir(), *(folder / "features").iterdir(), folder / "pack-library.refused.jsonl"]
    return {path.name: path.read_bytes() for path in kept}


@needs_ray
def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one_process(archive, cluster, tmp_path, monkeypatch):
    alone = build(archive, tmp_path / "alone", workers=0)
    told = {}

    def kill_one(cases, rules, address):
        with ray_workers.RayPool(rules, address) as pool:
            before = pool.processes()
            for number, row in enumerate(pool.embed(cases)):
                if number == 2:
                    os.kill(before[0], signal.SIGKILL)
                yield row
            told.update(before=before, after=pool.processes())

    monkeypatch.setattr(build_library, "embed_by_ray", kill_one)
    together = build(archive, tmp_path / "together", workers=2, ray=cluster.address)
    assert len(set(told["before"])) == 2
    assert told["after"][0] != told["before"][0] and told["after"][1] == told["before"][1]
    assert together.keys() == alone.keys() and {"features.npy", "tokens.npy", "index.jsonl"} <= together.keys()
    assert [name for name in alone if together[name] != alone[name]] == []


@needs_ray
def test_workers_without_the_pack_say_so(archive, cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(ray_workers, "hash_manifest", lambda pack: "another")
    with pytest.raises(RuntimeError, match=r"can't start.*no pack, or another one"):
        build(archive, tmp_path, workers=2, ray=cluster.address)


@needs_ray
def test_an_address_without_a_cluster_is_named(archive, tmp_path):
    with pytest.raises(RuntimeError, match=r"no Ray cluster at 127\.0\.0\.1:1 .*ray start --head makes"):
        build(archive, tmp_path, ray="127.0.0.1:1")


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A cluster as `ray start` makes it on a machine where a token lies, and the home that holds the token."""
    home, port = tmp_path / "home", 20_000 + os.getpid() % 10_000
    (home / ".ray").mkdir(parents=True)
    (home / ".ray/auth_token").write_text("0123456789abcdef" * 4)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("RAY_worker_niceness", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    told = ["--head", "--block", f"--port={port}", "--num-cpus=1", "--object-store-memory=100000000"]
    ray = [sys.executable, "-m", "ray.scripts.scripts", "start", *told, "--include-dashboard=false"]
    with (tmp_path / "ray.txt").open("wb") as log:
        head = subprocess.Popen(ray, stdout=log, stderr=log, start_new_session=True)
    for _ in range(60):
        with contextlib.suppress(OSError):
            ray_workers.knock(f"127.0.0.1:{port}")
            break
        time.sleep(0.5)
    yield f"127.0.0.1:{port}", home
    os.killpg(head.pid, signal.SIGTERM)
    time.sleep(2)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(head.pid, signal.SIGKILL)
    head.wait()


def build_apart(archive: Path, folder: Path, address: str) -> subprocess.CompletedProcess:
    """In a process of its own: Ray reads a token once."""
    pack = shutil.copytree(TINY, folder / "pack", dirs_exist_ok=True)
    asked = ["--volumes", archive, "--pack", pack, "--ray", address, "--workers", "1"]
    command = [sys.executable, "-m", "scripts.build_library", *map(str, asked)]
    return subprocess.run(command, cwd=ray_workers.ROOT, capture_output=True, text=True, timeout=120, check=False)


@needs_ray
def test_a_cluster_that_ray_start_made_gets_its_token_and_takes_no_other(archive, started, tmp_path):
    address, home = started
    done = build_apart(archive, tmp_path, address)
    assert done.returncode == 0 and "12 cases in" in done.stderr, done.stderr
    (home / ".ray/auth_token").write_text("f" * 64)
    (tmp_path / "pack-library.jsonl").unlink()
    refused = build_apart(archive, tmp_path, address)
    assert refused.returncode == 1 and "auth_token must be the same on every machine" in refused.stderr


def test_without_ray_the_option_says_what_to_install(archive, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(RuntimeError, match=r"pip install -r requirements-ray\.txt"):
        build(archive, tmp_path, ray="auto")
