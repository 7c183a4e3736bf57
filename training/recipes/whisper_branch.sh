#!/bin/sh
# SpeechCT-CLIP's adaptation on the frozen Whisper base, from spoken clips to graphs. Before it: natural_voices.sh,
# status_tower.sh, speak_statements.sh (its develop half chooses the weights; figures come from the other).
set -eu
cd "$(dirname "$0")/.."
# All paths are relative to training/.
: "${RUNS:=runs}" "${SPEECH:=data/natural}" "${STATEMENTS:=data/statements}" "${FEATURES:=data/features}"
: "${PACK:=../public/models/phantom-mini}" "${PYTHON:=python}" "${STEPS:=1800}"
# The encoder that ships, in the app's contexts (voxct/speech/whisper/contexts.py).
: "${ENCODER:=$PACK/whisper-encoder-int8.onnx}"
export OMP_NUM_THREADS=1
store() { $PYTHON scripts/store_whisper.py --graph "$ENCODER" "$@"; }
store --clips "$SPEECH/train" --out "$FEATURES/train" --clean 1 --noisy 1 --nothing 150
# flite and espeak-ng for variety of words: a tenth of the work; once each, through rooms and noises.
if [ ! -e "$SPEECH/formant.jsonl" ]; then
  (cd .. && npx tsx phantom/cli.ts sentences --wide --seed 4200001 --count 4500 --out "training/$SPEECH/wide-formant.jsonl")
  $PYTHON scripts/make_queue.py --name wide2 --seed 42 --sentences "$SPEECH/wide-formant.jsonl" --reports 60 --talk 350 \
    --prompts 36 --formant --out "$SPEECH/formant.jsonl"
fi
$PYTHON scripts/speak_queue.py --queue "$SPEECH/formant.jsonl" --split train --out "$SPEECH/formant"
store --clips "$SPEECH/formant" --out "$FEATURES/formant" --clean 0 --noisy 1 --nothing 250
# Sentences written by hand, each by two voices (none of them is in the test set).
[ -e "$SPEECH/rules.jsonl" ] || $PYTHON scripts/queue_rules.py --quick 2 --out "$SPEECH/rules.jsonl"
$PYTHON scripts/speak_queue.py --queue "$SPEECH/rules.jsonl" --split train --out "$SPEECH/rules"
store --clips "$SPEECH/rules" --out "$FEATURES/rules" --clean 0 --noisy 1 --nothing 100
store --clips "$STATEMENTS/clips" --out "$FEATURES/develop" --clean 1 --noisy 0 --half develop
$PYTHON scripts/train_branch.py --train "$FEATURES/train" "$FEATURES/rules" "$FEATURES/formant" --held-out "$FEATURES/develop" \
  --pack "$PACK" --teacher "$RUNS/status-tower" --out "$RUNS/branch" --steps "$STEPS" --seconds 60 --dropout 0.2 --deafness 0.1 \
  --pooled 2 --validate-every 200
$PYTHON scripts/export_branch.py --pack "$PACK" --branch "$RUNS/branch" --tower "$RUNS/status-tower" \
  --store "$FEATURES/develop" --out "$RUNS/branch/onnx"
for half in develop held-out; do
  case $half in develop) choose=--choose ;; *) choose= ;; esac
  $PYTHON scripts/judge_statements.py --clips "$STATEMENTS/clips" --half $half --pack "$PACK" --graph "$ENCODER" \
    --branch "$RUNS/branch" --tower "$RUNS/status-tower" $choose | tee "$RUNS/branch/$half.txt"
done
