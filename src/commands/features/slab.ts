import {
  LEAST_SLAB_MM,
  MOST_SLAB_MM,
  SLAB_MODES,
  SLAB_NAMES,
  type Slab,
  type SlabMode,
  toSlabMm,
} from '../../domain/slab/slab.ts'
import type { AppState } from '../../state/appState.ts'
import type { Command, Slot, WayBack } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { activePane, hasStudy, lastSlab, slabOf } from '../stateReads.ts'

const GROUP = 'Slab'
const USUAL_MM = [3, 5, 8, 10, 15, 20, 30, 50]

const mode: Slot = {
  title: 'Kind',
  options: () => SLAB_MODES.map((value) => ({ value, ...SLAB_NAMES[value] })),
}

const mm: Slot = {
  title: 'Thickness, mm',
  options: () => USUAL_MM.map((value) => ({ value, title: `${value} mm` })),
  range: { min: LEAST_SLAB_MM, max: MOST_SLAB_MM },
  unit: 'mm',
}

const ofActive = (state: AppState): Slab | null => slabOf(state, activePane(state).id)
const hasSlab = (state: AppState): boolean => hasStudy(state) && ofActive(state) !== null

function set({ get, actions }: CommandContext, change: Partial<Slab>): void {
  const state = get()
  actions.setSlab(activePane(state).id, { ...(ofActive(state) ?? lastSlab(state)), ...change })
}

/** The slab that the view had, or slices. */
function toFormer(before: AppState): WayBack {
  const former = ofActive(before)
  if (!former) return { id: 'slab.off', slots: {} }
  return { id: 'slab.set', slots: { mode: former.mode, mm: former.thicknessMm } }
}

const nextMode = (of: SlabMode): SlabMode => SLAB_MODES[(SLAB_MODES.indexOf(of) + 1) % SLAB_MODES.length]

/** Of the active pane. */
export const commands: readonly Command[] = [
  {
    id: 'slab.toggle',
    title: 'Slab in the active view, or slices again',
    group: GROUP,
    keys: ['s'],
    when: hasStudy,
    run: (context) =>
      hasSlab(context.get()) ? context.actions.setSlab(activePane(context.get()).id, null) : set(context, {}),
    phrases: [
      { say: ['slab', 'slab on', '<on> (a|the) slab', '[turn|switch] the slab on'], when: (state) => !hasSlab(state) },
    ],
    undo: toFormer,
  },
  {
    id: 'slab.kind',
    title: 'Next kind of slab: MIP, MinIP, average',
    group: GROUP,
    keys: ['Shift+s'],
    when: hasStudy,
    run: (context) => set(context, { mode: nextMode((ofActive(context.get()) ?? { mode: 'average' as const }).mode) }),
    phrases: [
      '(use the) next (kind of) slab',
      '(use) (the) [next|other|another] [kind|type] of slab',
      '[change|switch] the [slab type|slab kind|type of slab|kind of slab]',
    ],
    undo: toFormer,
  },
  {
    id: 'slab.steps',
    title: 'Slab thicker or thinner by a number of steps',
    group: GROUP,
    keys: [
      { slots: { steps: 1 }, title: 'Slab thicker (also Alt and wheel)', keys: ['Alt+ArrowUp'] },
      { slots: { steps: -1 }, title: 'Slab thinner, then slices', keys: ['Alt+ArrowDown'] },
    ],
    slots: {
      steps: {
        title: 'Steps, negative ones thinner',
        options: () => [1, 5, -1, -5].map((value) => ({ value, title: String(value) })),
        range: { min: -100, max: 100 },
      },
    },
    when: hasStudy,
    repeats: true,
    run: ({ get, actions }, { steps }) => actions.thickenSlab(activePane(get()).id, Number(steps)),
    phrases: [
      {
        say: ['(make) (the|a) slab (a bit|a little) thicker', 'thicker slab', 'increase the slab (thickness)'],
        slots: { steps: 1 },
      },
      {
        say: ['(make) (the|a) slab (a bit|a little) thinner', 'thinner slab', 'decrease the slab (thickness)'],
        slots: { steps: -1 },
      },
    ],
  },
  {
    id: 'slab.set',
    title: 'Slab of a kind and a thickness',
    group: GROUP,
    keys: [],
    slots: { mode, mm },
    when: hasStudy,
    run(context, slots) {
      const kind = SLAB_MODES.find((one) => one === slots.mode)
      if (kind) set(context, { mode: kind, thicknessMm: toSlabMm(Number(slots.mm)) })
    },
    phrases: [
      '<set> (a|the) (slab) {mode} (slab|projection) (of|at|with|to) {mm} (thick|slab)',
      '<set> (a) {mm} {mode} (slab|projection)',
    ],
    undo: toFormer,
  },
  {
    id: 'slab.thickness',
    title: 'Thickness of the slab',
    group: GROUP,
    keys: [],
    slots: { mm },
    when: hasStudy,
    run: (context, slots) => set(context, { thicknessMm: toSlabMm(Number(slots.mm)) }),
    phrases: [
      '<set> (the) slab (thickness|thick) (to|of|at) {mm} (thick)',
      '(set the) [thickness|slab thickness] (to|of) {mm}',
      '<set> (a) {mm} [slab|slabs] (thickness)',
      'make (the) slab {mm} (thick)',
    ],
    undo: toFormer,
  },
  {
    id: 'slab.off',
    title: 'Slices in place of the slab',
    group: GROUP,
    keys: [],
    when: hasSlab,
    run: ({ get, actions }) => actions.setSlab(activePane(get()).id, null),
    phrases: [
      'slab off',
      '[turn|switch] (the) slab off',
      '<off> (the) slab',
      '(back to) thin slices',
      '[slices|thin slices] again',
    ],
    undo: 'slab.toggle',
  },
  {
    id: 'slab.all',
    title: 'The slab of the active view, or its slices, in all views',
    group: GROUP,
    keys: [],
    when: hasStudy,
    run: ({ get, actions }) => actions.spreadSlab(activePane(get()).id),
    phrases: [
      '(use|put|apply|show) (the|this) (same) slab [everywhere|in all views|to all views|on every view|in every view|in all panes|to all panes|on all views|in every pane]',
    ],
  },
]
