import type { Volume } from './volume.ts'

/** One layer of a series, as far as a small picture takes; its third axis is the stack's. */
export type MiddleLayer = Pick<Volume, 'size' | 'spacingMm' | 'directionLps' | 'hu'>
