import { beforeEach, expect, it } from 'vitest'
import { VIEW_PLANES } from '../../domain/geometry/viewPlane.ts'
import { DEFAULT_MOUSE } from '../../domain/layout/mouse.ts'
import type { Measure, MeasureAct, MeasureKind } from '../../domain/measure/measure.ts'
import { distanceMm } from '../../domain/measure/readMeasure.ts'
import type { CanvasPoint } from '../layers/layer.ts'
import { MeasureBench } from './measureBench.ts'
import { type MeasureControls, MeasureTool } from './measureTool.ts'
import type { ToolPointer } from './tool.ts'

let acts: MeasureAct[]
let others: string[]
let bench: MeasureBench

beforeEach(() => {
  acts = []
  others = []
  bench = new MeasureBench()
})

/** A pane that shows half a millimetre a pixel, in the slice at 7 mm. */
const toTool = (kind: MeasureKind | null): MeasureTool => {
  const own = {
    bench,
    mouse: DEFAULT_MOUSE,
    crosshairLpsMm: null,
    planes: VIEW_PLANES,
    toPxMm: () => 0.5,
    toHalfStepMm: () => 0.5,
    readValues: () => [],
    redrawMeasures: () => undefined,
    act: (act: MeasureAct) => acts.push(act),
  }
  const controls = new Proxy(own, {
    get: (target, name) => (name in target ? target[name as keyof typeof own] : () => others.push(String(name))),
  })
  return new MeasureTool(kind, controls as unknown as MeasureControls)
}

const pointer = (at: CanvasPoint, part: Partial<ToolPointer> = {}): ToolPointer => ({
  pane: { id: 'axial', plane: 'axial' },
  at,
  pointLpsMm: [at[0] / 2, at[1] / 2, 7],
  pointerId: 1,
  isTouch: false,
  button: 0,
  shift: false,
  ctrl: false,
  alt: false,
  ...part,
})

function drag(tool: MeasureTool, path: readonly CanvasPoint[]): void {
  tool.down(pointer(path[0]))
  for (const at of path.slice(1)) tool.move(pointer(at, { button: -1 }))
  tool.up(pointer(path[path.length - 1]))
}

const click = (tool: MeasureTool, at: CanvasPoint) => drag(tool, [at])

const drawn = () => acts.flatMap((act) => (act.kind === 'drawn' ? [act.shape] : []))

it('draws a length by a drag, and by two clicks', () => {
  const tool = toTool('length')
  drag(tool, [
    [10, 10],
    [40, 30],
    [70, 90],
  ])
  click(tool, [10, 10])
  tool.move(pointer([70, 90], { button: -1 }))
  click(tool, [70, 90])
  expect(drawn()).toHaveLength(2)
  for (const { points } of drawn())
    expect(points).toEqual([
      [5, 5, 7],
      [35, 45, 7],
    ])
})

it('draws an angle by a drag and a click more, its vertex where the drag ended', () => {
  const tool = toTool('angle')
  drag(tool, [
    [10, 10],
    [50, 10],
  ])
  tool.move(pointer([50, 60], { button: -1 }))
  expect(drawn()).toEqual([])
  click(tool, [50, 60])
  expect(drawn()[0].points).toEqual([
    [5, 5, 7],
    [25, 5, 7],
    [25, 30, 7],
  ])
})

it('sets a probe by one click and gives a long axis its short one', () => {
  click(toTool('probe'), [20, 40])
  drag(toTool('bidirectional'), [
    [0, 0],
    [80, 0],
  ])
  const [probe, cross] = drawn()
  expect(probe.points).toEqual([[10, 20, 7]])
  expect(distanceMm(cross.points[2], cross.points[3])).toBeCloseTo(24, 9)
})

it('closes a freehand line where the button is let go, and drops a click', () => {
  const tool = toTool('freehand')
  click(tool, [10, 10])
  drag(tool, [
    [0, 0],
    [40, 0],
    [40, 40],
    [41, 40],
    [0, 40],
  ])
  expect(drawn()).toHaveLength(1)
  expect(drawn()[0].points).toHaveLength(4)
})

it('leaves nothing of what is given up on the way', () => {
  const tool = toTool('length')
  click(tool, [10, 10])
  expect(bench.draft).not.toBeNull()
  tool.abandon()
  expect(bench.draft).toBeNull()
  expect(acts).toEqual([])
})

const measure: Measure = {
  id: 'one',
  studyId: 'study',
  createdAtMs: 1,
  kind: 'length',
  plane: { right: [1, 0, 0], up: [0, -1, 0] },
  points: [
    [5, 5, 7],
    [35, 5, 7],
  ],
  label: '',
  color: 'yellow',
  tie: null,
}

it('in navigation takes a handle, moves the whole by its line, and leaves it by a press beside', () => {
  bench.items = [{ measure, values: [] }]
  const tool = toTool(null)
  drag(tool, [
    [70, 12],
    [70, 52],
  ])
  drag(tool, [
    [40, 10],
    [40, 20],
  ])
  const changed = acts.flatMap((act) => (act.kind === 'changed' ? [act.points] : []))
  expect(changed[0]).toEqual([
    [5, 5, 7],
    [35, 26, 7],
  ])
  expect(changed[1]).toEqual([
    [5, 10, 7],
    [35, 10, 7],
  ])
  bench.selectedId = 'one'
  tool.down(pointer([40, 200]))
  expect(acts.at(-1)).toEqual({ kind: 'selected', id: null })
})

it('finds no measure of another slice: the press is navigation', () => {
  bench.items = [
    {
      measure: {
        ...measure,
        points: [
          [5, 5, 8],
          [35, 5, 8],
        ],
      },
      values: [],
    },
  ]
  drag(toTool(null), [
    [70, 10],
    [70, 40],
  ])
  expect(acts).toEqual([])
  expect(others).toContain('dragWindow')
})
