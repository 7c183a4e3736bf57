#!/bin/sh
# A text tower in the space of PACK, from the pack's prompts and reading alone: present, absent, uncertain, resolved or
# not mentioned of each finding, and the embedding that follows. Starts from the words of the plain text tower.
set -eu
cd "$(dirname "$0")/../.."
: "${RUNS:=training/runs}" "${DATA:=training/data}" "${PACK:=public/models/phantom-mini}" "${PYTHON:=python}" "${STEPS:=1400}"
export OMP_NUM_THREADS=1
mkdir -p "$DATA" "$RUNS"
write() { [ -e "$2" ] || npx tsx phantom/cli.ts sentences $1 --out "$2"; }
write "--seed 1 --count 24000" "$DATA/sentences-train.jsonl"
write "--seed 900001 --count 3000" "$DATA/sentences-validation.jsonl"
write "--wide --seed 7100001 --count 24000" "$DATA/wide-train.jsonl"
write "--wide --seed 7900001 --count 1500" "$DATA/wide-held-out.jsonl"
[ -e "$RUNS/text/text.pt" ] || $PYTHON training/scripts/train_text.py --train "$DATA/sentences-train.jsonl" \
  --validation "$DATA/sentences-validation.jsonl" --out "$RUNS/text" --seed 1 --steps 1800 --minutes 60 --threads 1
exec $PYTHON training/scripts/train_status_tower.py --train "$DATA/wide-train.jsonl" --held-out "$DATA/wide-held-out.jsonl" \
  --pack "$PACK" --start-from "$RUNS/text" --out "$RUNS/status-tower" --steps "$STEPS" --rate 0.0015 --validate-every 200
