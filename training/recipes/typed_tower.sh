#!/bin/sh
# The bundled packs' text tower: the status tower (status_tower.sh), taught for 2,400 steps more what is typed into a search
# field, put into PACK and the packs that share its speech; then what its queries find.
set -eu
cd "$(dirname "$0")/../.."
: "${RUNS:=training/runs}" "${DATA:=training/data}" "${PACK:=public/models/phantom-mini}" "${PYTHON:=python}"
export OMP_NUM_THREADS=1 RUNS DATA PACK PYTHON
[ -e "$RUNS/status-tower/tower.pt" ] || sh training/recipes/status_tower.sh
[ -e "$RUNS/typed-tower/tower.pt" ] || $PYTHON training/scripts/train_status_tower.py \
  --train "$DATA/wide-train.jsonl" --held-out "$DATA/wide-held-out.jsonl" --pack "$PACK" \
  --start-from "$RUNS/status-tower" --queries 30000 --longest 24 --joined 0 --out "$RUNS/typed-tower" \
  --steps 2400 --rate 0.001 --validate-every 300
$PYTHON training/scripts/add_text_tower.py --pack "$PACK" --tower "$RUNS/typed-tower"
npm run measure:typed
