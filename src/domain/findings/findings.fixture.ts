import { readFileSync } from 'node:fs'
import type { Manifest } from '../model/manifest.ts'

/** The findings of the tiny pack: 18, with ids and labels of chest findings, all of one calibration. */
export const FINDINGS: Manifest['findings'] = JSON.parse(
  readFileSync(new URL('../../../fixtures/models/tiny/manifest.json', import.meta.url), 'utf8'),
).findings

export const FINDING_IDS: readonly string[] = FINDINGS.map(({ id }) => id)
