#!/bin/sh
# The hand-written test set, spoken by the natural test voices into STATEMENTS; started again it goes on.
# A round speaks every clip once, the develop half first; nine rounds are every clip by every voice.
set -eu
cd "$(dirname "$0")/.."
: "${STATEMENTS:=data/statements}" "${ROUNDS:=4}" "${PYTHON:=python}"
export OMP_NUM_THREADS=1
$PYTHON scripts/queue_statements.py --rounds "$ROUNDS" --out "$STATEMENTS/queue.jsonl"
exec nice -n 19 $PYTHON scripts/speak_queue.py --queue "$STATEMENTS/queue.jsonl" --split test --out "$STATEMENTS/clips"
