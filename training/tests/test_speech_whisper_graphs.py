"""Whisper's published file, its graphs and its cut vocabulary, against transformers' own at a small size."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

from voxct.onnx_session import open_session
from voxct.speech.recordings import read_clip
from voxct.speech.whisper.contexts import pad_to_context
from voxct.speech.whisper.ctranslate2 import TYPES, read_variables
from voxct.speech.whisper.decoder_graph import write_decoder_graph
from voxct.speech.whisper.encoder_graph import write_encoder_graph
from voxct.speech.whisper.greedy import LONGEST, cut_at_pauses
from voxct.speech.whisper.peaks import build_encoder, measure_peaks, run_encoder
from voxct.speech.whisper.published import to_published_names
from voxct.speech.whisper.spelling import to_words
from voxct.speech.whisper.vocabulary import SPECIAL_IDS, Vocabulary, load_vocabulary, to_byte_letters

CLIP = Path(__file__).resolve().parents[2] / "fixtures/golden/speech/clip.wav"
WIDTH, LAYERS, HEADS = 128, 2, 2
PUBLISHED = [*range(300), *sorted(SPECIAL_IDS.values())]
ALIGNMENT = ((0, 1), (1, 0))
MOST = 12


@pytest.fixture(scope="module")
def reference() -> WhisperForConditionalGeneration:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    config = WhisperConfig(
        d_model=WIDTH, encoder_layers=5, encoder_attention_heads=HEADS, encoder_ffn_dim=256, decoder_layers=LAYERS,
        decoder_attention_heads=HEADS, decoder_ffn_dim=256, attn_implementation="eager",
    )  # fmt: skip
    model = WhisperForConditionalGeneration(config).eval().requires_grad_(False)
    for name, parameter in model.named_parameters():
        if "embed_positions" not in name:
            parameter.add_(torch.randn_like(parameter) * (0.2 if parameter.ndim == 1 else 0.03))
    return model


@pytest.fixture(scope="module")
def tensors(reference) -> dict[str, np.ndarray]:
    return {
        name.removeprefix("model."): t.numpy() for name, t in reference.state_dict().items() if "proj_out" not in name
    }


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    texts = [bytes([65 + n % 26]) if published < 300 else b"" for n, published in enumerate(PUBLISHED)]
    special = [
        n for n, published in enumerate(PUBLISHED) if published > 300 and published != SPECIAL_IDS["<|endoftext|>"]
    ]
    return Vocabulary(PUBLISHED, texts, [3, *special], [5], Tokenizer(models.BPE()))


@pytest.fixture(scope="module")
def graphs(tensors, vocabulary, tmp_path_factory) -> dict:
    folder, peaks = tmp_path_factory.mktemp("whisper"), measure_peaks(tensors, [sound()])
    for variant in ("fp32", "int8"):
        write_encoder_graph(tensors, folder / f"encoder-{variant}.onnx", variant, peaks)
        write_decoder_graph(tensors, vocabulary, folder / f"decoder-{variant}.onnx", variant, ALIGNMENT)
    return {path.stem: open_session(path) for path in folder.glob("*.onnx")}


def sound(seconds: int = 5) -> np.ndarray:
    return pad_to_context(read_clip(CLIP))[: seconds * 16000]


def encode_theirs(reference, audio: np.ndarray) -> torch.Tensor:
    """Their encoder on the whole 30 s."""
    mel = WhisperFeatureExtractor()(audio, sampling_rate=16000, return_tensors="pt").input_features
    return reference.model.encoder(mel)


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).sum() / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize(("variant", "least"), [("fp32", 0.999999), ("int8", 0.999)])
def test_the_encoder_graph_gives_transformers_states_over_30_seconds(reference, graphs, variant: str, least: float):
    audio = np.pad(sound(), (0, 25 * 16000))
    states = graphs[f"encoder-{variant}"].run(["states"], {"audio": audio[None]})[0]
    theirs = encode_theirs(reference, audio).last_hidden_state[0].numpy()
    assert states.shape == (1500, WIDTH)
    assert cosine(states, theirs) >= least


def test_a_short_context_has_the_first_positions_and_all_streams_of_pytorch(tensors, graphs):
    states, middle, last = graphs["encoder-fp32"].run(["states", "after_4", "after_5"], {"audio": sound()[None]})
    encoder, streams = build_encoder(tensors), []
    for layer in encoder.layers:
        layer.register_forward_hook(lambda _module, _given, out: streams.append(out[0].numpy()))
    assert np.abs(run_encoder(encoder, sound()) - states).max() < 1e-3
    assert np.abs(streams[3] - middle).max() < 1e-3
    assert np.abs(streams[4] - last).max() < 1e-3


def decode_theirs(reference, states: np.ndarray, prompt: list[int], bias: np.ndarray, vocabulary: Vocabulary):
    """Greedy, without a cache: the cut logits of every step, chosen as the graph is told to."""
    ids, log_probs, rows, silent = list(prompt), [], [], 0.0
    for step in range(MOST):
        out = reference.model.decoder(
            input_ids=torch.tensor([[PUBLISHED[i] for i in ids]]),
            encoder_hidden_states=torch.from_numpy(states)[None],
            output_attentions=True,
        )
        logits = reference.proj_out(out.last_hidden_state[0])[:, PUBLISHED].numpy()
        if step == 0:
            silent = float(torch.softmax(torch.from_numpy(logits[len(prompt) - 4]), -1)[vocabulary.no_speech])
        masked = logits[-1] + bias
        masked[vocabulary.suppressed + (vocabulary.suppressed_first if step == 0 else [])] = -np.inf
        token = int(masked.argmax())
        log_probs.append(float(torch.log_softmax(torch.from_numpy(logits[-1]), -1)[token]))
        rows.append(np.stack([out.cross_attentions[layer][0, head, -1].numpy() for layer, head in ALIGNMENT]))
        ids.append(token)
        if token == vocabulary.end:
            break
    return ids[len(prompt) :], np.array(log_probs), silent, np.stack(rows)


@pytest.mark.parametrize("previous", [[], [11, 7, 250, 3]])
def test_the_loop_writes_transformers_tokens_with_their_probabilities_and_attention(
    reference, graphs, vocabulary, previous: list[int]
):
    states = graphs["encoder-fp32"].run(["states"], {"audio": sound()[None]})[0]
    prompt = [*([vocabulary.special("<|startofprev|>"), *previous] if previous else []), *vocabulary.start]
    for seed in range(4):
        bias = np.random.default_rng(seed).normal(0, 2, len(PUBLISHED)).astype(np.float32)
        theirs = decode_theirs(reference, states, prompt, bias, vocabulary)
        given = {"states": states, "prompt": np.array(prompt), "bias": bias, "most": np.array([MOST])}
        tokens, log_probs, no_speech, attention = graphs["decoder-fp32"].run(None, given)
        assert tokens.astype(int).tolist() == theirs[0]
        assert np.abs(log_probs - theirs[1]).max() < 1e-3
        assert no_speech[0] == pytest.approx(theirs[2], rel=1e-3)
        assert np.abs(attention - theirs[3]).max() < 1e-4


def test_the_loop_ends_with_the_end_token_and_keeps_it(graphs, vocabulary):
    states = graphs["encoder-fp32"].run(["states"], {"audio": sound()[None]})[0]
    bias = np.zeros(len(PUBLISHED), np.float32)
    bias[vocabulary.end] = 100
    given = {"states": states, "prompt": np.array(vocabulary.start), "bias": bias, "most": np.array([MOST])}
    assert graphs["decoder-fp32"].run(["tokens"], given)[0].tolist() == [vocabulary.end]


def test_int8_decoding_keeps_the_probabilities(reference, graphs, vocabulary):
    states = graphs["encoder-fp32"].run(["states"], {"audio": sound()[None]})[0]
    bias = np.zeros(len(PUBLISHED), np.float32)
    given = {"states": states, "prompt": np.array(vocabulary.start), "bias": bias, "most": np.array([1])}
    exact, rough = (graphs[f"decoder-{variant}"].run(["log_probs"], given)[0] for variant in ("fp32", "int8"))
    assert abs(exact[0] - rough[0]) < 0.15


def write_model(path: Path, variables: dict[str, np.ndarray], aliases: dict[str, str]) -> None:
    def string(text: str) -> bytes:
        return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"

    out = [struct.pack("<I", 6), string("WhisperSpec"), struct.pack("<II", 3, len(variables))]
    for name, array in variables.items():
        shape = struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape)
        kind = [np.dtype(each) for each in TYPES].index(array.dtype)
        out += [string(name), shape, struct.pack("<BI", kind, array.nbytes), array.tobytes()]
    out += [struct.pack("<I", len(aliases)), *(string(a) + string(b) for a, b in aliases.items())]
    path.write_bytes(b"".join(out))


def test_ctranslate2s_file_gives_its_variables_and_a_cut_one_is_refused(tmp_path: Path):
    path = tmp_path / "model.bin"
    half, whole = np.arange(6, dtype="<f2").reshape(2, 3), np.array(3, "i1")
    write_model(path, {"a/weight": half, "b": whole}, {"c": "a/weight"})
    found = read_variables(path)
    assert found["c"].tolist() == [[0, 1, 2], [3, 4, 5]] and int(found["b"]) == 3
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ValueError, match="ends at byte"):
        read_variables(path)


def to_theirs(tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Published names back into CTranslate2's."""
    theirs = {"decoder/embeddings/weight": tensors["decoder.embed_tokens.weight"]}
    for side, count in (("encoder", 5), ("decoder", LAYERS)):
        theirs |= norm(tensors, f"{side}.layer_norm", f"{side}/layer_norm")
        theirs[f"{side}/position_encodings/encodings"] = tensors[f"{side}.embed_positions.weight"]
        for n in range(count):
            ours, layer = f"{side}.layers.{n}", f"{side}/layer_{n}"
            theirs |= linears(tensors, f"{ours}.self_attn", f"{layer}/self_attention", ("qkv", "o"))
            if side == "decoder":
                theirs |= linears(tensors, f"{ours}.encoder_attn", f"{layer}/attention", ("q", "kv", "o"))
            theirs |= norm(tensors, f"{ours}.final_layer_norm", f"{layer}/ffn/layer_norm")
            for k in (1, 2):
                theirs |= {
                    f"{layer}/ffn/linear_{k - 1}/{kind}": tensors[f"{ours}.fc{k}.{kind}"] for kind in ("weight", "bias")
                }
    for conv in ("conv1", "conv2"):
        theirs |= {f"encoder/{conv}/{kind}": tensors[f"encoder.{conv}.{kind}"] for kind in ("weight", "bias")}
    return theirs


def norm(tensors: dict, ours: str, theirs: str) -> dict[str, np.ndarray]:
    return {f"{theirs}/gamma": tensors[f"{ours}.weight"], f"{theirs}/beta": tensors[f"{ours}.bias"]}


def linears(tensors: dict, ours: str, theirs: str, stacks: tuple[str, ...]) -> dict[str, np.ndarray]:
    names = {"o": "out_proj", **{part: f"{part}_proj" for part in "qkv"}}
    found = norm(tensors, f"{ours}_layer_norm", f"{theirs}/layer_norm")
    for n, stack in enumerate(stacks):
        zeros = np.zeros(WIDTH, np.float32)
        for kind in ("weight", "bias"):
            pieces = [tensors.get(f"{ours}.{names[part]}.{kind}", zeros) for part in stack]
            found[f"{theirs}/linear_{n}/{kind}"] = np.concatenate(pieces)
    return found


def test_ctranslate2s_names_become_the_published_ones(tensors):
    found = to_published_names(to_theirs(tensors))
    assert found.keys() == tensors.keys()
    assert all(np.array_equal(found[name], tensor) for name, tensor in tensors.items())


def test_the_cut_vocabulary_keeps_ascii_and_single_bytes(tmp_path: Path):
    letters = {byte: letter for letter, byte in to_byte_letters().items()}
    tokens = [*letters.values(), letters[32] + "a", "ab", letters[195] + letters[169]]
    vocab = {token: n for n, token in enumerate(tokens)}
    Tokenizer(models.BPE(vocab=vocab, merges=[(letters[32], "a"), ("a", "b")])).save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "config.json").write_text(json.dumps({"suppress_ids": [7], "suppress_ids_begin": [220]}))
    cut = load_vocabulary(tmp_path)
    assert [cut.bytes[n] for n in (256, 257)] == [b" a", b"ab"]
    assert "é".encode() not in cut.bytes
    assert cut.decode([cut.bytes.index(bytes([byte])) for byte in "é".encode()]) == "é"
    assert cut.published[cut.end] == 50257 and 7 in cut.suppressed and cut.end not in cut.suppressed
    table = cut.to_bytes()
    size = struct.unpack("<I", table[:4])[0]
    assert json.loads(table[4 : 4 + size])["count"] == len(cut.bytes)
    assert table[4 + size + 256] == 2


def test_long_audio_is_cut_where_it_is_quiet():
    audio = np.ones(2 * LONGEST, np.float32)
    pause = LONGEST - 4 * 16000
    audio[pause : pause + 4000] = 0
    pieces = cut_at_pauses(audio)
    assert pause + 1600 <= len(pieces[0]) <= pause + 2400
    assert max(map(len, pieces)) <= LONGEST
    assert sum(map(len, pieces)) == len(audio)


def test_speech_fills_at_most_70_percent_of_its_context():
    assert [len(pad_to_context(np.zeros(int(s * 16000), np.float32))) // 16000 for s in (2, 7, 7.1, 14, 14.1, 21)] == [
        10, 10, 15, 20, 30, 30,
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"21\.5 s"):
        pad_to_context(np.zeros(int(21.5 * 16000), np.float32))


def test_numbers_and_units_have_one_spelling():
    spoken = "a six millimeter nodule, two point five by three centimeters, twelve-ounce"
    assert to_words("A 6 mm nodule, 2.5 x 3 cm, 12 ounce") == to_words(spoken)
    assert to_words("In 1,204 cases 21%") == "in one two hundred four cases twenty one percent"
