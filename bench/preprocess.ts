import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensurePython } from '../scripts/python.ts'
import type { TrilinearInputSpec } from '../src/domain/ct/ctInputSpec.ts'
import { inBenchPage } from './benchPage.ts'
import type { PreprocessRequest } from './pages/preprocess.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** CT-CLIP's own input (data_inference_nii.py). */
const CT_CLIP_INPUT: TrilinearInputSpec = {
  axisCodes: 'SLP',
  shape: [240, 480, 480],
  spacingMm: [1.5, 0.75, 0.75],
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
}

export interface PreprocessTimes {
  /** In Chromium, from asking for the input to having it. */
  readonly ours: number[]
  /** torch: clip, F.interpolate, divide; two threads. */
  readonly peer: number[]
}

/** A scan of 512×512×275 that fills CT-CLIP's input whole: 55 million voxels, nothing padded, nothing cropped. */
export async function measureFullPreprocess(repeats: number): Promise<PreprocessTimes> {
  const { shape, spacingMm } = CT_CLIP_INPUT
  const request: PreprocessRequest = {
    size: [512, 512, 275],
    // A hair more than exact, or the truncation of sizes would take a voxel.
    spacingMm: [
      (shape[1] * spacingMm[1]) / 512 + 1e-9,
      (shape[2] * spacingMm[2]) / 512 + 1e-9,
      (shape[0] * spacingMm[0]) / 275 + 1e-9,
    ],
    spec: CT_CLIP_INPUT,
    repeats,
  }
  const ours = await inBenchPage<number[]>('preprocess', 'measurePreprocess', request)
  const args = ['bench/interpolate_peer.py', '--size', '275', '512', '512', '--target', ...shape.map(String)]
  const { stdout, stderr, status } = spawnSync(ensurePython(), [...args, '--repeats', String(repeats)], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`bench/interpolate_peer.py failed: ${stderr}`)
  return { ours, peer: JSON.parse(stdout).preprocess_ms }
}
