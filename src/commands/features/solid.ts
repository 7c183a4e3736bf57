import { SIDES } from '../../domain/solid/solidLook.ts'
import { SOLID_PRESETS } from '../../domain/solid/solidPresets.ts'
import type { AppState } from '../../state/appState.ts'
import type { Command } from '../command.ts'
import { hasStudy, solidLook } from '../stateReads.ts'

const GROUP = 'Layout'
const STEP_DEG = 15
const TURNS = [
  { value: 'left', azimuthDeg: STEP_DEG, elevationDeg: 0 },
  { value: 'right', azimuthDeg: -STEP_DEG, elevationDeg: 0 },
  { value: 'up', azimuthDeg: 0, elevationDeg: STEP_DEG },
  { value: 'down', azimuthDeg: 0, elevationDeg: -STEP_DEG },
] as const
/** Axis, and whether its beginning or its end is cut away. */
const ENDS = [
  { value: 'right', axis: 0, isStart: true },
  { value: 'left', axis: 0, isStart: false },
  { value: 'front', axis: 1, isStart: true },
  { value: 'back', axis: 1, isStart: false },
  { value: 'feet', axis: 2, isStart: true },
  { value: 'head', axis: 2, isStart: false },
] as const
const SIDE_WORDS: Readonly<Record<string, readonly string[]>> = { back: ['behind'], top: ['above'], bottom: ['below'] }
const LEAST_LEFT = 0.05

const isShown = (state: AppState): boolean => hasStudy(state) && state.view.layout.solid !== undefined

const toOption = ({ value }: { readonly value: string }) => ({
  value,
  title: value[0].toUpperCase() + value.slice(1),
})

export const commands: readonly Command[] = [
  {
    id: 'solid.preset',
    title: '3-D: choose what is seen',
    group: GROUP,
    keys: [],
    slots: {
      preset: {
        title: 'Seen in 3-D',
        options: () => SOLID_PRESETS.map(({ id, label }) => ({ value: id, title: label, words: [`${label}s`] })),
      },
    },
    when: isShown,
    run: ({ actions }, { preset }) => actions.changeSolid({ presetId: String(preset) }),
    phrases: ['<show> 3d {preset}', '<show> {preset} in 3d'],
  },
  {
    id: 'solid.from',
    title: '3-D: look from a side',
    group: GROUP,
    keys: [],
    slots: {
      side: {
        title: 'From',
        options: () => SIDES.map(({ id }) => ({ ...toOption({ value: id }), words: SIDE_WORDS[id] })),
      },
    },
    when: isShown,
    run({ actions }, { side }) {
      const found = SIDES.find(({ id }) => id === side)
      if (found) actions.changeSolid({ azimuthDeg: found.azimuthDeg, elevationDeg: found.elevationDeg })
    },
    phrases: ['(show) (look) 3d from {side}', '[look|view] (at) (it) from (the) {side}'],
    undo: 'solid.reset',
  },
  {
    id: 'solid.turn',
    title: '3-D: turn',
    group: GROUP,
    keys: [],
    slots: { to: { title: 'Turn to', options: () => TURNS.map(toOption) } },
    when: isShown,
    run({ actions }, { to }) {
      const found = TURNS.find(({ value }) => value === to)
      if (found) actions.turnSolid(found.azimuthDeg, found.elevationDeg)
    },
    phrases: ['[turn|rotate] (it|the model|the volume) (to the) {to}'],
    undo: 'solid.reset',
  },
  {
    id: 'solid.crop',
    title: '3-D: cut a side away, in percent',
    group: GROUP,
    keys: [],
    slots: {
      end: { title: 'Side', options: () => ENDS.map(toOption) },
      percent: {
        title: 'Percent',
        options: () => [0, 10, 25, 50].map((value) => ({ value, title: `${value} %` })),
        range: { min: 0, max: 95 },
        unit: 'percent',
      },
    },
    when: isShown,
    run({ get, actions }, { end, percent }) {
      const found = ENDS.find(({ value }) => value === end)
      if (!found) return
      const share = Number(percent) / 100
      const [from, to] = solidLook(get()).crop[found.axis]
      const cut = found.isStart
        ? ([Math.min(share, to - LEAST_LEFT), to] as const)
        : ([from, Math.max(1 - share, from + LEAST_LEFT)] as const)
      actions.cropSolid(found.axis, cut)
    },
    phrases: ['crop {end} (by) {percent}', '[crop|cut] (away) {percent} [from|off|on] (the) {end}'],
    undo: 'solid.reset',
  },
  {
    id: 'solid.reset',
    title: '3-D: the whole chest from the front',
    group: GROUP,
    keys: ['Shift+b'],
    when: isShown,
    run: ({ actions }) => actions.resetSolid(),
    phrases: ['reset (the) [3d|volume rendering] (view)', '(show) (the) whole chest in 3d', '3d reset'],
  },
]
