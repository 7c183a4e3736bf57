import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { formatMs, median, percentile } from '../statistics.ts'
import type { ViewerRun } from './measureViewer.ts'

export interface ViewerRuns {
  readonly name: string
  readonly runs: readonly ViewerRun[]
}

const RESULTS = resolve(import.meta.dirname, '../RESULTS.md')
const HEADING = '## Beside other viewers'

type Figure = readonly [what: string, of: (run: ViewerRun) => number, format: (value: number) => string]

const toMiB = (value: number): string => `${value.toFixed(0)} MiB`
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const FIGURES: readonly Figure[] = [
  [
    'Bytes before the first paint, uncompressed',
    ({ bytesBeforePaint }) => bytesBeforePaint,
    (bytes) => `${(bytes / 1e6).toFixed(2)} MB`,
  ],
  [
    'Bytes before it takes files, without those that workers fetch (models)',
    ({ bytesBeforeReady }) => bytesBeforeReady,
    (bytes) => `${(bytes / 1e6).toFixed(1)} MB`,
  ],
  ['Files → first picture in the axial pane', ({ firstPictureMs }) => firstPictureMs, formatMs],
  ['Files → axial pane as it stays', ({ completeMs }) => completeMs, formatMs],
  ['Wheel step → picture, p50', ({ stepMs }) => percentile(stepMs, 0.5), formatMs],
  ['Wheel step → picture, p95', ({ stepMs }) => percentile(stepMs, 0.95), formatMs],
  ['Wheel steps without another picture', ({ missedSteps }) => missedSteps, (count) => count.toFixed(0)],
  ['All browser processes (PSS), highest', ({ peakMiB }) => peakMiB, toMiB],
  ['All browser processes (PSS), at rest', ({ restMiB }) => restMiB, toMiB],
  ['Main thread busy over 50 ms: times', ({ longTasksMs }) => longTasksMs.length, (count) => count.toFixed(0)],
  ['Main thread busy over 50 ms: longest', ({ longTasksMs }) => Math.max(0, ...longTasksMs), formatMs],
  ['Main thread busy over 50 ms: together', ({ longTasksMs }) => sumOf(longTasksMs), formatMs],
]

/** Medians, and the ratio to the first viewer's where both have one. */
function toRow([what, of, format]: Figure, viewers: readonly ViewerRuns[]): string {
  const [own, ...others] = viewers.map(({ runs }) => median(runs.map(of)))
  const cells = others.map((value) => {
    const ratio = own > 0 && value > 0 ? ` (× ${(value / own).toFixed(2)})` : ''
    return Number.isFinite(value) ? `${format(value)}${ratio}` : 'none'
  })
  return `| ${what} | ${[format(own), ...cells].join(' | ')} |`
}

/** The part of RESULTS.md under its own heading. */
export function toTable(viewers: readonly ViewerRuns[], remarks: readonly string[]): string {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, headless Chromium, 1280×800`
  const lines = [
    HEADING,
    '',
    `Written by \`npm run bench -- viewers\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
    `275 slices of 512×512, medians of ${viewers[0].runs.length} alternating runs, each in a new browser; × is the ratio to VoxCT.`,
    'Pictures are read from the frames of the compositor. OHIF shows one stack, which it goes on reading behind its picture, after two clicks; VoxCT and niivue (by dcm2niix) three planes.',
    ...remarks,
    '',
    `| what | ${viewers.map(({ name }) => name).join(' | ')} |`,
    `|---|${viewers.map(() => '---|').join('')}`,
    ...FIGURES.map((figure) => toRow(figure, viewers)),
  ]
  return `${lines.join('\n')}\n`
}

/** Puts the part under its heading, the rest stays; the other parts are written without it. */
export function writeTable(table: string): void {
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : ''
  const start = before.indexOf(`${HEADING}\n`)
  const next = start < 0 ? -1 : before.indexOf('\n## ', start + 1)
  const rest = start < 0 ? before : before.slice(0, start) + (next < 0 ? '' : before.slice(next + 1))
  writeFileSync(RESULTS, `${rest.trimEnd()}\n\n${table}`)
}

/** That part of a file written earlier, to be kept by whoever writes the others anew. */
export function keptTable(): string {
  const text = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : ''
  const start = text.indexOf(`${HEADING}\n`)
  return start < 0 ? '' : `\n${text.slice(start)}`
}
