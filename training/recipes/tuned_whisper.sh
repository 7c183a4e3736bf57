#!/bin/sh
# Whisper base as reports are dictated: words spoken, the decoder tuned, graphs written. Before it: natural_voices.sh,
# speak_statements.sh (its develop half chooses the weights; figures come from the other).
set -eu
cd "$(dirname "$0")/.."
# All paths are relative to training/.
: "${RUNS:=runs}" "${SPEECH:=data/natural}" "${STATEMENTS:=data/statements}" "${WHISPER:=../../whisper-base}" "${PYTHON:=python}"
: "${STEPS:=600}" "${SHARE:=1.0}"
export OMP_NUM_THREADS=1
[ -e "$SPEECH/wordsk.jsonl" ] || $PYTHON scripts/make_queue.py --name wordsk --seed 62 --words 500 --talk 60 --out "$SPEECH/wordsk.jsonl"
[ -e "$SPEECH/words1.jsonl" ] || $PYTHON scripts/make_queue.py --name words1 --seed 61 --words 900 --formant --out "$SPEECH/words1.jsonl"
[ -e "$SPEECH/talk1.jsonl" ] || $PYTHON scripts/make_queue.py --name talk1 --seed 63 --talk 500 --formant --out "$SPEECH/talk1.jsonl"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/talk1.jsonl" --split train --out "$SPEECH/talk"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/words1.jsonl" --split train --out "$SPEECH/words-formant"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/wordsk.jsonl" --split train --out "$SPEECH/words"
[ -e "$RUNS/whisper/whisper-encoder-int8.onnx" ] || $PYTHON scripts/export_whisper.py --whisper "$WHISPER" --out "$RUNS/whisper"
$PYTHON scripts/tune_whisper.py --whisper "$WHISPER" --encoder "$RUNS/whisper/whisper-encoder-int8.onnx" \
  --natural "$SPEECH/train" "$SPEECH/words" --formant "$SPEECH/formant" "$SPEECH/words-formant" --talk "$SPEECH/talk" \
  --statements "$STATEMENTS/clips" --steps "$STEPS" --batch 8 --out "$RUNS/whisper-tuned"
$PYTHON scripts/export_whisper.py --whisper "$WHISPER" --tuned "$RUNS/whisper-tuned/decoder.pt" --share "$SHARE" --out "$RUNS/whisper-tuned/graphs"
