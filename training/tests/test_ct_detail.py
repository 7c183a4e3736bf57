"""The detail branch: silent at the start, blind to what lies beyond a token's neighbours, taught on balanced crops."""

import numpy as np
import torch

from voxct.ct.config import CtTowerConfig
from voxct.ct.crops import SURE_SHARE, cut_crops, draw_rows, index_tokens
from voxct.ct.ctclip import CtClipImage
from voxct.ct.detail import DetailBranch
from voxct.data.chunks import Case, Chunk

SMALL = CtTowerConfig(shape=(12, 32, 32), patch=(6, 8, 8), width=16, spatial_layers=1, temporal_layers=1, heads=2)


def with_detail(config: CtTowerConfig) -> CtTowerConfig:
    return CtTowerConfig(**{**config.__dict__, "detail_width": 4})


def test_the_branch_changes_nothing_before_it_has_learnt():
    torch.manual_seed(0)
    plain, detailed = CtClipImage(SMALL).eval(), CtClipImage(with_detail(SMALL)).eval()
    missing = detailed.load_state_dict(plain.state_dict(), strict=False).missing_keys
    assert missing and all(".detail." in name for name in missing)
    volume = torch.rand(1, 1, *SMALL.shape) * 2 - 1
    with torch.no_grad():
        assert torch.equal(plain(volume), detailed(volume))


def test_a_voxel_reaches_its_own_token_and_none_far_away():
    torch.manual_seed(1)
    branch = DetailBranch(with_detail(SMALL)).eval()
    volume = torch.full((1, 1, *SMALL.shape), -1.0)
    changed = volume.clone()
    changed[0, 0, 3, 4, 4] = 1.0
    with torch.no_grad():
        difference = (branch.describe(changed) - branch.describe(volume)).abs().amax(-1)[0]
    assert difference[0, 0, 0] > 1e-4
    assert difference[:, 2:].max() == 0 and difference[:, :, 2:].max() == 0


def build_chunk() -> Chunk:
    volumes = np.arange(2 * 72 * 96 * 96, dtype=np.int64).reshape(2, 72, 96, 96) % 251 - 125
    tokens = np.zeros((2, 12, 12, 12, 18), np.uint8)
    tokens[0, 0, 5, 5, 9] = SURE_SHARE + 1
    tokens[1, 4, 4, 4, 6] = SURE_SHARE - 1
    cases = tuple(Case(n, (0,) * 18, (), "") for n in range(2))
    return Chunk("made", volumes.astype(np.int8), tokens, cases)


def test_crops_hold_the_token_in_their_middle_and_air_beyond_the_volume():
    chunk = build_chunk()
    crops, shares = cut_crops([chunk], np.array([[0, 0, 0, 5, 5]], np.int32), (6, 8, 8))
    assert crops.shape == (1, 1, 18, 24, 24) and shares[0, 9] == SURE_SHARE + 1
    assert (crops[0, 0, :6] == -1).all()
    assert torch.equal(crops[0, 0, 6:, :, :], torch.from_numpy(chunk.volumes[0, :12, 32:56, 32:56] / np.float32(127)))


def test_half_of_the_rows_hold_a_weak_finding_surely():
    chunk, source = build_chunk(), np.random.default_rng(0)
    index = index_tokens([chunk], source)
    assert len(index.positives[9]) == 1 and len(index.positives[6]) == 0
    rows = draw_rows(index, 10, source)
    assert (rows[:5] == [0, 0, 0, 5, 5]).all() and len(rows) == 10
