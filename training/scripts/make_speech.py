"""Makes the spoken corpus: texts of the phantom generator and everyday talk, read by the voices of a split."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from voxct.findings import FINDING_IDS, FINDING_LABELS, to_prompts
from voxct.speech.alphabet import to_letters
from voxct.speech.casting import draw_voice
from voxct.speech.corpus import CorpusWriter
from voxct.speech.logmel import SAMPLE_RATE_HZ
from voxct.speech.talk import draw_command, draw_talk
from voxct.speech.voices import Voice, speak, speak_diphone_batch, speak_festival_batch, to_spoken

# In the order in which they are made: test2 leaves out the texts of the training and validation splits before it.
SPLIT_SEED = {"train": 1, "validation": 2, "test": 3, "train2": 4, "validation2": 5, "train3": 7, "test2": 6}
BATCH = 40  # texts spoken by one festival process


def main(config: dict, splits: list[str]) -> None:
    """Writes {split}.i16 and {split}.jsonl for each split named."""
    for split in splits:
        make_split(config, split)


def make_split(config: dict, split: str) -> None:
    """One split, in random order; festival's voices speak in batches."""
    make, folder = config["make"], ROOT / config["corpus"]
    rng = np.random.default_rng([make["seed"], SPLIT_SEED[split]])
    texts = draw_texts(make, split, folder, rng)
    if split == "test2":
        texts = leave_out_heard(texts, folder)
    writer = CorpusWriter(folder, split)
    waiting: dict[str, list[tuple[dict, Voice]]] = {"festival": [], "diphone": []}
    for count, line in enumerate(texts, 1):
        voice = draw_voice(split, rng)
        if voice.engine in waiting:
            waiting[voice.engine].append((line, voice))
        else:
            write(writer, speak(to_spoken(line["text"]), voice), line, voice, make)
        for jobs in waiting.values():
            if len(jobs) == BATCH or count == len(texts):
                speak_waiting(jobs, writer, make, rng)
        if count % 1000 == 0:
            sys.stderr.write(f"{split}: {count} of {len(texts)}\n")
    writer.close()


def speak_waiting(jobs: list[tuple[dict, Voice]], writer: CorpusWriter, make: dict, rng: np.random.Generator) -> None:
    """Speaks and writes the jobs of one engine, and empties the list."""
    if not jobs:
        return
    told = [(to_spoken(line["text"]), voice) for line, voice in jobs]
    diphone = jobs[0][1].engine == "diphone"
    sounds = speak_diphone_batch(told, rng) if diphone else speak_festival_batch(told)
    for sound, (line, voice) in zip(sounds, jobs, strict=True):
        write(writer, sound, line, voice, make)
    jobs.clear()


def leave_out_heard(texts: list[dict], folder: Path) -> list[dict]:
    """The texts that no split of training or validation speaks, letter by letter, each once."""
    heard = set()
    for split in ("train", "train2", "train3", "validation", "validation2"):
        lines = (folder / f"{split}.jsonl").read_text().splitlines()
        heard |= {to_letters(json.loads(line)["text"]) for line in lines}
    kept = {to_letters(line["text"]): line for line in texts}
    return [line for letters, line in kept.items() if letters not in heard]


def write(writer: CorpusWriter, audio: np.ndarray, line: dict, voice, make: dict) -> None:
    """Trims the engine's silence, sets the peak, and refuses what is empty or longer than the window."""
    loud = np.flatnonzero(np.abs(audio) > 0.01)
    if len(loud) < 1600:
        return
    audio = audio[max(0, loud[0] - 800) : loud[-1] + 800]
    if len(audio) > make["maxSeconds"] * SAMPLE_RATE_HZ:
        return
    writer.add(audio * (0.7 / np.abs(audio).max()), line["text"], line["states"], line["kind"], voice.to_json())


def draw_texts(make: dict, split: str, folder: Path, rng: np.random.Generator) -> list[dict]:
    """Lines {text, states, kind}: dictations, plain prompts, everyday talk and viewer commands, shuffled."""
    count = make["counts"][split]
    talk, commands = round(count * make["talkShare"]), round(count * make["commandShare"])
    prompts = round(count * make["promptShare"])
    lines = [{"text": draw_talk(rng), "states": {}, "kind": "talk"} for _ in range(talk)]
    lines += [{"text": draw_command(rng), "states": {}, "kind": "command"} for _ in range(commands)]
    lines += [draw_prompt(i) for i in range(prompts)]
    lines += dictations(make["seed"] * 10 + SPLIT_SEED[split], count - len(lines), folder / f"{split}.sentences.jsonl")
    return [lines[i] for i in rng.permutation(len(lines))]


def draw_prompt(index: int) -> dict:
    """The plain zero-shot prompt of one finding and polarity, in turn."""
    finding, present = index % 18, (index // 18) % 2 == 0
    state = {FINDING_IDS[finding]: "present" if present else "absent"}
    return {"text": to_prompts(FINDING_LABELS[finding])[0 if present else 1], "states": state, "kind": "prompt"}


def dictations(seed: int, count: int, out: Path) -> list[dict]:
    """Dictation texts of the TypeScript phantom generator, which knows what each sentence states."""
    out.parent.mkdir(parents=True, exist_ok=True)
    command = ["npx", "tsx", "phantom/cli.ts", "sentences", "--seed", str(seed), "--count", str(count)]
    subprocess.run([*command, "--out", str(out)], cwd=ROOT, check=True)
    return [json.loads(line) for line in out.read_text().splitlines()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "training/configs/speech.json")
    parser.add_argument("--splits", nargs="+", default=list(SPLIT_SEED))
    options = parser.parse_args()
    main(json.loads(options.config.read_text()), options.splits)
