#!/bin/sh
# Training material by natural voices into SPEECH, 90 minutes and more; started again it goes on, and more may be queued.
set -eu
cd "$(dirname "$0")/../.."
: "${SPEECH:=training/data/natural}" "${PYTHON:=python}" "${HOURS:=1.5}"
export OMP_NUM_THREADS=1
mkdir -p "$SPEECH"
$PYTHON training/scripts/fetch_voices.py
if [ ! -e "$SPEECH/queue.jsonl" ]; then
  npx tsx phantom/cli.ts sentences --seed 3100001 --count 500 --out "$SPEECH/plain.jsonl"
  npx tsx phantom/cli.ts sentences --wide --seed 4100001 --count 1500 --out "$SPEECH/wide.jsonl"
  $PYTHON training/scripts/make_queue.py --name plain --seed 31 --sentences "$SPEECH/plain.jsonl" --talk 60 --prompts 36 \
    --out "$SPEECH/queue.jsonl"
  $PYTHON training/scripts/make_queue.py --name wide1 --seed 41 --sentences "$SPEECH/wide.jsonl" --reports 50 --talk 120 \
    --prompts 36 --out "$SPEECH/queue.jsonl"
fi
exec nice -n 19 $PYTHON training/scripts/speak_queue.py --queue "$SPEECH/queue.jsonl" --split train --out "$SPEECH/train" \
  --hours "$HOURS"
