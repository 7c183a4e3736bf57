#!/bin/sh
# Rows with and without distillation on the frozen Whisper base -> RESULTS-WHISPER.md. Before it: whisper_branch.sh (its stored
# states) and test scans of both hospitals in SCANS (training/README.md, `phantom/cli.ts volumes --path scan`).
set -eu
cd "$(dirname "$0")/.."
: "${RUNS:=runs}" "${FEATURES:=data/features}" "${SCANS:=data/scans}" "${PACK:=../public/models/phantom-mini}"
: "${PYTHON:=python}" "${STEPS:=600}" "${SEEDS:=1 2 3}" "${LAMBDA:=10}"
export OMP_NUM_THREADS=1
naive='' distilled=''
for seed in $SEEDS; do
  for weight in 0 "$LAMBDA"; do
    $PYTHON scripts/train_branch.py --train "$FEATURES/train" "$FEATURES/rules" "$FEATURES/formant" \
      --held-out "$FEATURES/develop" --pack "$PACK" --teacher "$RUNS/status-tower" --out "$RUNS/arms/$weight-s$seed" \
      --contrast 1 --distillation "$weight" --status 0 --polarity 0 --projected --half-the-scans --pooled 2 \
      --seconds 60 --steps "$STEPS" --validate-every "$STEPS" --seed "$seed"
  done
  naive="$naive $RUNS/arms/0-s$seed" distilled="$distilled $RUNS/arms/$LAMBDA-s$seed"
done
# shellcheck disable=SC2086
$PYTHON scripts/score_branch.py --pack "$PACK" --graph "$PACK/whisper-encoder-int8.onnx" --scans "$SCANS" \
  --rows "$RUNS/rows-whisper" --naive $naive --distilled $distilled --weight "$LAMBDA" --steps "$STEPS" --results RESULTS-WHISPER.md
