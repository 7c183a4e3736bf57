import type { Orientation } from './appState.ts'

/**
 * Slice numbers for one step "down", the same for the wheel turned towards the user, the down arrow and the slider:
 * down the body, to the back, to the patient's left. Slice numbers grow towards S, P and L.
 */
export const SLICES_A_STEP_DOWN: Readonly<Record<Orientation, 1 | -1>> = { axial: -1, coronal: 1, sagittal: 1 }
