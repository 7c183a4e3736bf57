#!/bin/sh
# The learning curve of align.py (RESULTS.md, "Measured apart"): 400 phantoms by TRUNK, an encoder of real chests (ONNX,
# volume -> tokens), and by the bundled pack. A scan takes TRUNK some 4 s of two idle cores; a stopped run goes on.
set -eu
cd "$(dirname "$0")/../.."
: "${RUNS:=$PWD/training/runs}" "${PYTHON:=python}"
export OMP_NUM_THREADS=1
SCANS="$RUNS/archive/scans"
mkdir -p "$RUNS/archive"
[ -e "$SCANS/phantom-3000399.json" ] || npx tsx phantom/cli.ts scans --split internal --from 0 --count 400 --out "$SCANS"
[ -e "$RUNS/archive/mini" ] || cp -r public/models/phantom-mini "$RUNS/archive/mini"
cd training
$PYTHON -m scripts.embed_features --onnx "$TRUNK" --phantoms internal:0:400 --out "$RUNS/archive/features"
$PYTHON -m scripts.build_library --volumes "$SCANS" --pack "$RUNS/archive/mini" --features "$RUNS/archive/bundled"
$PYTHON -m scripts.measure_archive --features "$RUNS/archive/features" --beside "$RUNS/archive/bundled"
