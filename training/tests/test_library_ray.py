"""An archive through a Ray cluster: the bytes of one process, also where a worker is killed in the middle."""

import importlib.util
import os
import shutil
import signal
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


def test_without_ray_the_option_says_what_to_install(archive, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(RuntimeError, match=r"pip install -r requirements-ray\.txt"):
        build(archive, tmp_path, ray="auto")
