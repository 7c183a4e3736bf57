import type { CtInputSpec } from '../src/domain/ct/ctInputSpec.ts'
import { toCtInput } from '../src/domain/ct/toCtInput.ts'
import type { PhantomCase } from './phantomCase.ts'
import { renderScan } from './renderScan.ts'

/** The scan prepared for the model as any opened scan is. */
export function renderScanInput(phantom: PhantomCase, spec: CtInputSpec): Float32Array {
  return toCtInput(renderScan(phantom).volume, spec).data
}
