"""A library on a server: what the gateway answers, whatever it is searched in, and all that it refuses."""

import base64
import http.client
import importlib.util
import json
import threading
from pathlib import Path

import numpy as np
import pytest

from scripts import fill_milvus, serve_library
from voxct.library.case_store import PackStore, StoreAway
from voxct.library.gateway import Gateway
from voxct.library.search_wire import longest_request
from voxct.library.traits import measure_traits

ROOT = Path(__file__).resolve().parents[2]
TINY, BUNDLED, SEARCH = (
    ROOT / "fixtures/models/tiny-typed",
    ROOT / "public/models/phantom-mini",
    ROOT / "fixtures/search",
)
REQUEST = (SEARCH / "request.json").read_bytes()
needs_milvus = pytest.mark.skipif(
    importlib.util.find_spec("pymilvus") is None,
    reason="pymilvus is not installed (requirements-milvus.txt, 350 MB); npm run test:full installs it and runs this",
)


@pytest.fixture(params=["pack", pytest.param("milvus", marks=needs_milvus)])
def gateway(request, tmp_path):
    """Over the fixture's library, in memory and in Milvus Lite."""
    config = serve_library.Config(pack=TINY, port=0)
    if request.param == "milvus":
        address = str(tmp_path / "library.db")
        assert fill_milvus.main(fill_milvus.Config(TINY, address, "archive")) == PackStore(TINY).size
        config = serve_library.Config(milvus=address, port=0)
    with serve_library.open_gateway(config) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


def ask(gateway: Gateway, body: bytes = REQUEST, method: str = "POST", path: str = "/library/search", **headers):
    link = http.client.HTTPConnection(*gateway.server_address[:2], timeout=20)
    link.request(method, path, body, {"Content-Type": "application/json"} | headers)
    answer = link.getresponse()
    text = answer.read()
    return answer.status, json.loads(text) if text else None


def change(**fields) -> bytes:
    return json.dumps(json.loads(REQUEST) | fields).encode()


def embed(values) -> str:
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()


def test_the_recorded_request_gets_the_recorded_answer(gateway):
    status, answer = ask(gateway)
    recorded = json.loads((SEARCH / "answer.json").read_text(encoding="utf-8"))
    scores = [[each.pop("score") for each in one["cases"]] for one in (answer, recorded)]
    assert status == 200
    np.testing.assert_allclose(scores[0], scores[1], atol=1e-6)
    chances = [one.pop("chanceCosine") for one in (answer, recorded)]
    assert chances[0] == pytest.approx(chances[1], abs=1e-6)
    assert answer == recorded


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"no json", 400, "not JSON"),
        (b"[]", 400, "not of the format"),
        (change(format="voxct-search/2"), 400, "not of the format"),
        (change(image="iVBOR"), 400, "nothing else: image"),
        (change(encoder="0" * 32), 409, "another encoder"),
        (change(count=0), 400, "from 1 to 256"),
        (change(count=257), 400, "from 1 to 256"),
        (change(count=True), 400, "from 1 to 256"),
        (change(count=1.5), 400, "from 1 to 256"),
        (change(embedding="?"), 400, "not base64"),
        (change(embedding=7), 400, "base64|numbers"),
        (change(embedding=embed([1.0, 0.0])), 400, "has 2 numbers, the library's have 6"),
        (change(embedding=embed([np.nan] * 6)), 400, "not of length 1"),
        (change(embedding=embed([np.inf] + [0.0] * 5)), 400, "not of length 1"),
        (change(embedding=embed([2.0] + [0.0] * 5)), 400, "not of length 1"),
        (b" " * (longest_request(6) + 1), 413, "longer than"),
        (b"[" * 200, 400, "not JSON"),
    ],
)
def test_what_is_no_search_is_refused_with_its_reason(gateway, body, status, reason):
    found, answer = ask(gateway, body)
    assert found == status
    assert answer.keys() == {"problem"} and any(part in answer["problem"] for part in reason.split("|"))


def test_only_this_sites_pages_and_post_are_answered(gateway):
    assert ask(gateway, method="GET")[0] == 405 and ask(gateway, method="OPTIONS")[0] == 405
    assert ask(gateway, path="/elsewhere")[0] == 404
    assert ask(gateway, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(gateway, **{"Sec-Fetch-Site": "same-origin"})[0] == 200
    assert ask(gateway, **{"Content-Type": "text/plain"})[0] == 415


def test_a_store_that_is_away_is_said_and_comes_back(gateway, monkeypatch):
    def fail(*_):
        raise StoreAway("gone")

    with monkeypatch.context() as patched:
        patched.setattr(gateway.store, "search", fail)
        assert ask(gateway) == (503, {"problem": "the library does not answer"})
    assert ask(gateway)[0] == 200


def test_traits_are_those_of_the_whole_library():
    store = PackStore(BUNDLED)
    traits = measure_traits(store)
    scores = store.vectors @ store.vectors.T
    np.fill_diagonal(scores, -1)
    assert traits.least_cosine == pytest.approx(np.sort(scores.max(1))[int(0.025 * store.size)], abs=1e-6)
    assert traits.chance(store.vectors[3]) == pytest.approx(np.sort(store.vectors @ store.vectors[3])[120], abs=1e-6)
    assert traits.facets["labels"] and set(traits.facets["sexes"]) == {"female", "male"}


@needs_milvus
@pytest.mark.parametrize("index", ["FLAT", "HNSW"])
def test_milvus_finds_what_an_exact_search_finds(tmp_path, index):
    from voxct.library.milvus_store import MilvusStore, fill_collection

    address = str(tmp_path / "m.db")
    fill_collection(address, "bundled", BUNDLED, index)
    exact, store = PackStore(BUNDLED), MilvusStore(address, "bundled")
    assert (store.size, store.dimension, store.encoder) == (exact.size, exact.dimension, exact.encoder)
    for ours, theirs in zip(exact.search(exact.vectors[:20], 12), store.search(exact.vectors[:20], 12), strict=True):
        assert [hit.place for hit in ours] == [hit.place for hit in theirs]
        assert np.allclose([hit.score for hit in ours], [hit.score for hit in theirs], atol=1e-5)
        assert ours[0].case == theirs[0].case and np.array_equal(ours[0].embedding, theirs[0].embedding)
    with pytest.raises(ValueError, match="has a collection bundled"):
        fill_collection(address, "bundled", BUNDLED)
    with pytest.raises(ValueError, match="no collection other"):
        MilvusStore(address, "other")


@needs_milvus
def test_a_cluster_that_is_away_is_named():
    from voxct.library.milvus_store import MilvusStore

    with pytest.raises(StoreAway, match=r"Milvus at http://127\.0\.0\.1:1 does not answer"):
        MilvusStore("http://127.0.0.1:1", "archive")


def test_without_pymilvus_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    with pytest.raises(RuntimeError, match=r"pip install -r requirements-milvus\.txt"):
        fill_milvus.main(fill_milvus.Config(TINY, str(tmp_path / "x.db"), "archive"))
