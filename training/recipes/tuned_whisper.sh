#!/bin/sh
# Whisper base as reports are dictated: words spoken, the decoder tuned, graphs written. Before it: natural_voices.sh,
# whisper_branch.sh (its formant voices), speak_statements.sh (its develop half chooses the weights; figures come from the other).
set -eu
cd "$(dirname "$0")/.."
# All paths are relative to training/.
: "${RUNS:=runs}" "${SPEECH:=data/natural}" "${STATEMENTS:=data/statements}" "${WHISPER:=../../whisper-base}" "${PYTHON:=python}"
: "${STEPS:=1700}" "${SHARE:=0.7}" "${PROSE:=/usr/share/games/fortunes}"
export OMP_NUM_THREADS=1
[ -e "$SPEECH/wordsk.jsonl" ] || $PYTHON scripts/make_queue.py --name wordsk --seed 62 --words 500 --talk 60 --out "$SPEECH/wordsk.jsonl"
[ -e "$SPEECH/words1.jsonl" ] || $PYTHON scripts/make_queue.py --name words1 --seed 61 --words 900 --formant --out "$SPEECH/words1.jsonl"
[ -e "$SPEECH/talk1.jsonl" ] || $PYTHON scripts/make_queue.py --name talk1 --seed 63 --talk 500 --formant --out "$SPEECH/talk1.jsonl"
[ -e "$SPEECH/prose1.jsonl" ] || $PYTHON scripts/queue_prose.py --text "$PROSE" --name prose1 --count 700 --formant --out "$SPEECH/prose1.jsonl"
[ -e "$SPEECH/prosek.jsonl" ] || $PYTHON scripts/queue_prose.py --text "$PROSE" --name prosek --skip 700 --count 90 --out "$SPEECH/prosek.jsonl"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/prose1.jsonl" --split train --out "$SPEECH/prose-formant"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/prosek.jsonl" --split train --out "$SPEECH/prose"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/talk1.jsonl" --split train --out "$SPEECH/talk"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/words1.jsonl" --split train --out "$SPEECH/words-formant"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/wordsk.jsonl" --split train --out "$SPEECH/words"
[ -e "$RUNS/whisper/whisper-encoder-int8.onnx" ] || $PYTHON scripts/export_whisper.py --whisper "$WHISPER" --out "$RUNS/whisper"
$PYTHON scripts/tune_whisper.py --whisper "$WHISPER" --encoder "$RUNS/whisper/whisper-encoder-int8.onnx" \
  --natural "$SPEECH/train" "$SPEECH/words" "$SPEECH/prose" --formant "$SPEECH/formant" "$SPEECH/words-formant" --talk "$SPEECH/talk" "$SPEECH/prose-formant" \
  --statements "$STATEMENTS/clips" --steps "$STEPS" --batch 8 --out "$RUNS/whisper-tuned"
$PYTHON scripts/export_whisper.py --whisper "$WHISPER" --tuned "$RUNS/whisper-tuned/decoder.pt" --share "$SHARE" --out "$RUNS/whisper-tuned/graphs"
