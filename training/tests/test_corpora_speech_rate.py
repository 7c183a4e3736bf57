"""Speech-RATE's layout, read from generated files: 16 kHz, windows, pairs; bad recordings named and left out."""

import numpy as np
import pytest
import soundfile
import torch

from voxct.contrastive.recordings import Recordings, SpeechTower, join_windows
from voxct.corpora import generate
from voxct.corpora.ct_rate.listing import list_volumes
from voxct.corpora.refusals import Refused
from voxct.corpora.speech_rate.audio import SAMPLE_RATE_HZ, read_recording
from voxct.corpora.speech_rate.listing import list_recordings, pair_recordings
from voxct.speech.whisper.config import REDUCED
from voxct.speech.whisper.encoder import WhisperSpeechEncoder
from voxct.speech.windows import average_embeddings

SMALL = generate.Body((10, 10, 9))


def test_24_khz_stereo_becomes_16_khz_mono_without_another_pitch(tmp_path):
    seconds = np.arange(24000 * 2) / 24000
    tone = 0.5 * np.sin(2 * np.pi * 1000 * seconds)
    soundfile.write(tmp_path / "tone.wav", np.stack([tone, tone], 1), 24000)
    audio = read_recording(tmp_path / "tone.wav")
    assert audio.dtype == np.float32 and len(audio) == 32000
    expected = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(32000) / SAMPLE_RATE_HZ)
    assert np.abs(audio - expected)[1000:-1000].max() < 0.01


def test_resampling_lets_nothing_above_8_khz_fold_down(tmp_path):
    high = 0.5 * np.sin(2 * np.pi * 11000 * np.arange(48000) / 24000)
    soundfile.write(tmp_path / "high.wav", high, 24000)
    assert np.sqrt(np.mean(read_recording(tmp_path / "high.wav")[1000:-1000] ** 2)) < 0.01


@pytest.mark.parametrize(
    ("samples", "reason"), [(np.zeros(24000), "is silent"), (np.ones(2400), "lasts 0.10 s"), (None, "can't be read")]
)
def test_a_bad_recording_is_refused_with_its_reason(tmp_path, samples, reason):
    path = tmp_path / "bad.wav"
    if samples is None:
        path.write_bytes(b"RIFF....WAVE")
    else:
        soundfile.write(path, samples, 24000)
    with pytest.raises(Refused, match=reason):
        read_recording(path)


@pytest.fixture
def corpus(tmp_path):
    generate.generate_corpus(tmp_path / "ct", {"train": 3}, speech=tmp_path / "speech", reconstructions=1, body=SMALL)
    return tmp_path


def test_recordings_are_paired_with_volumes_by_name(corpus):
    folder = corpus / "speech/dataset/train"
    (folder / "train_2/train_2_a/train_2_a_1_findings.wav").unlink()
    generate.write_speech(folder / "odd/strange_findings.wav", "hello there", 1)
    recordings, unreadable = list_recordings(corpus / "speech")
    paired, missing = pair_recordings(list_volumes(corpus / "ct").entries, recordings)
    assert [str(each.entry.name) for each in paired] == ["train_1_a_1", "train_3_a_1"]
    assert all(each.path.name == f"{each.entry.name}_findings.wav" for each in paired)
    assert [each.file for each in missing] == ["train_2_a_1_findings.wav"]
    assert [each.file for each in unreadable] == ["train/odd/strange_findings.wav"]
    with pytest.raises(FileNotFoundError, match="not a copy of Speech-RATE"):
        list_recordings(corpus / "ct")


def test_a_batch_averages_windows_as_the_app_does_and_steps_over_a_bad_recording(corpus):
    recordings, _ = list_recordings(corpus / "speech")
    spoken, _ = pair_recordings(list_volumes(corpus / "ct").entries, recordings)
    spoken[1].path.write_bytes(b"")
    dataset = Recordings(spoken, REDUCED.samples)
    batch = join_windows([dataset[0], dataset[1]])
    assert batch["index"].tolist() == [0, 2]
    assert [refusal.file for refusal in batch["refused"]] == ["train_2_a_1_findings.wav"]
    torch.manual_seed(0)
    encoder = WhisperSpeechEncoder(REDUCED).eval()
    with torch.no_grad():
        together, _ = SpeechTower(encoder, 1.0, False)(batch["windows"], batch["owners"], 2)
        for row, heard in enumerate((dataset[0], dataset[2])):
            assert len(heard.windows) > 1
            alone = average_embeddings(encoder(torch.from_numpy(heard.windows)).numpy())
            assert np.allclose(together[row].numpy(), alone, atol=1e-5)
