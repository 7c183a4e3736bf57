import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { TrilinearInputSpec } from '../src/domain/ct/ctInputSpec.ts'
import { renderDirectInput } from './directInput.ts'
import { FINDING_IDS } from './findings/ctRateFindings.ts'
import { toNiftiFile } from './niftiFile.ts'
import { createPhantomCase, type PhantomCase } from './phantomCase.ts'
import { createRandom } from './random.ts'
import { renderScan } from './renderScan.ts'
import { writeWideDictation } from './report/dictated/wideDictation.ts'
import { writeDictation } from './report/dictation.ts'
import { measureSides } from './sidesFigures.ts'
import { isPhantomSplit, PHANTOM_SPLIT_BASES, type PhantomSplit, toPhantomSeed } from './splits.ts'
import { toTokenShares } from './tokenShares.ts'

const SPLITS = Object.keys(PHANTOM_SPLIT_BASES)
const USAGE = `usage:
  phantoms.ts volumes --split ${SPLITS.join('|')} --from I --count N --out DIR [--path direct|scan]
  phantoms.ts scans --split SPLIT --from I --count N --out DIR
  phantoms.ts cases --split SPLIT --from I --count N --out FILE.jsonl
  phantoms.ts sentences --seed S --count N --out FILE.jsonl [--wide]
  phantoms.ts sides --split ${SPLITS.join('|')} --from I --count N
`
const CT_INPUT_URL = new URL('../training/configs/ct_input.json', import.meta.url)
const PATCH_VOXELS = [6, 8, 8] as const

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (command === 'sentences') writeSentences(rest)
  else if (command === 'volumes') await writeVolumes(rest)
  else if (command === 'scans') writeScans(rest)
  else if (command === 'cases') writeCases(rest)
  else if (command === 'sides') writeSides(rest)
  else {
    process.stderr.write(USAGE)
    process.exitCode = 2
  }
}

async function writeVolumes(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { split: text, from: text, count: text, out: text, path: text } })
  const split = toSplit(toText(values.split, 'split'))
  const from = toInteger(values.from, 'from')
  const count = toInteger(values.count, 'count')
  const folder = toText(values.out, 'out')
  const spec = JSON.parse(readFileSync(CT_INPUT_URL, 'utf8')) as TrilinearInputSpec
  const toInput = await loadInputMaker(values.path ?? 'direct', spec)
  mkdirSync(folder, { recursive: true })
  const stem = join(folder, `${split}-${String(from).padStart(6, '0')}-${count}`)
  const volumes = openSync(`${stem}.volumes.i8.part`, 'w')
  const tokens = openSync(`${stem}.tokens.u8.part`, 'w')
  const lines: string[] = []
  for (let n = 0; n < count; n++) {
    const phantom = createPhantomCase(toPhantomSeed(split, from + n))
    const { data, findingMask } = toInput(phantom)
    writeSync(volumes, toBytes(data))
    writeSync(tokens, toTokenShares(findingMask, spec.shape, PATCH_VOXELS, FINDING_IDS.length))
    lines.push(toCaseLine(phantom, split))
  }
  closeSync(volumes)
  closeSync(tokens)
  renameSync(`${stem}.volumes.i8.part`, `${stem}.volumes.i8`)
  renameSync(`${stem}.tokens.u8.part`, `${stem}.tokens.u8`)
  writeAtomically(`${stem}.cases.jsonl`, lines.length > 0 ? `${lines.join('\n')}\n` : '')
}

/** The scans that the app shows, whole and in HU: <id>.nii, and a line of <id>.json about each, which is written last. */
function writeScans(args: string[]): void {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { split: text, from: text, count: text, out: text } })
  const split = toSplit(toText(values.split, 'split'))
  const from = toInteger(values.from, 'from')
  const folder = toText(values.out, 'out')
  mkdirSync(folder, { recursive: true })
  for (let n = from; n < from + toInteger(values.count, 'count'); n++) {
    const phantom = createPhantomCase(toPhantomSeed(split, n))
    const stem = join(folder, `phantom-${phantom.seed}`)
    writeAtomically(`${stem}.nii`, toNiftiFile(renderScan(phantom).volume))
    writeAtomically(`${stem}.json`, `${toCaseLine(phantom, split)}\n`)
  }
}

type InputMaker = (phantom: PhantomCase) => { readonly data: Float32Array; readonly findingMask: Uint32Array }

/** `scan` renders the scan the app shows and prepares it as the app does; masks are drawn on the model's grid either way. */
async function loadInputMaker(path: string, spec: TrilinearInputSpec): Promise<InputMaker> {
  if (path === 'direct') return (phantom) => renderDirectInput(phantom, spec)
  if (path !== 'scan') throw new Error(`--path ${path} is neither direct nor scan`)
  const { renderScanInput } = await import('./scanInput.ts')
  return (phantom) => ({
    data: renderScanInput(phantom, spec),
    findingMask: renderDirectInput(phantom, spec).findingMask,
  })
}

/** Input values −1…1 as bytes −127…127. */
function toBytes(data: Float32Array): Int8Array {
  const bytes = new Int8Array(data.length)
  for (let at = 0; at < data.length; at++) bytes[at] = Math.round(127 * Math.min(Math.max(data[at], -1), 1))
  return bytes
}

function toCaseLine(phantom: PhantomCase, split: PhantomSplit): string {
  const present = new Set(phantom.findings.map((details) => details.finding))
  const labels = FINDING_IDS.map((finding) => (present.has(finding) ? 1 : 0))
  const report = phantom.sentences.map((sentence) => sentence.text).join(' ')
  return JSON.stringify({
    seed: phantom.seed,
    split,
    sex: phantom.anatomy.sex,
    ageYears: phantom.anatomy.ageYears,
    labels,
    findings: phantom.findings,
    sentences: phantom.sentences,
    report,
  })
}

function writeSentences(args: string[]): void {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { seed: text, count: text, out: text, wide: { type: 'boolean' } } })
  const write = values.wide ? writeWideDictation : writeDictation
  const random = createRandom(toInteger(values.seed, 'seed'))
  const count = toInteger(values.count, 'count')
  const lines: string[] = []
  for (let i = 0; i < count; i++) lines.push(JSON.stringify(write(random.fork(`dictation ${i}`))))
  writeAtomically(toText(values.out, 'out'), `${lines.join('\n')}\n`)
}

/** What is known of cases without their volumes, a line each. */
function writeCases(args: string[]): void {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { split: text, from: text, count: text, out: text } })
  const split = toSplit(toText(values.split, 'split'))
  const from = toInteger(values.from, 'from')
  const lines = Array.from({ length: toInteger(values.count, 'count') }, (_, n) =>
    toCaseLine(createPhantomCase(toPhantomSeed(split, from + n)), split),
  )
  writeAtomically(toText(values.out, 'out'), `${lines.join('\n')}\n`)
}

function writeSides(args: string[]): void {
  const options = { split: { type: 'string' }, from: { type: 'string' }, count: { type: 'string' } } as const
  const { values } = parseArgs({ args, options })
  const split = toSplit(toText(values.split, 'split'))
  const figures = measureSides(split, toInteger(values.from, 'from'), toInteger(values.count, 'count'))
  for (const [name, { usual, mirrored, unknown }] of Object.entries(figures)) {
    process.stdout.write(`${split}, ${name}: ${usual} as usual, ${mirrored} mirrored, ${unknown} unknown\n`)
  }
}

function toSplit(text: string): PhantomSplit {
  if (!isPhantomSplit(text)) throw new Error(`--split ${text} is none of ${SPLITS.join(', ')}`)
  return text
}

function toText(value: string | undefined, name: string): string {
  if (!value) throw new Error(`--${name} is missing`)
  return value
}

function toInteger(value: string | undefined, name: string): number {
  const number = Number(toText(value, name))
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} must be an integer ≥ 0`)
  return number
}

/** A reader that sees the name sees the whole file. */
function writeAtomically(path: string, data: string | Uint8Array): void {
  const temporary = `${path}.part`
  writeFileSync(temporary, data)
  renameSync(temporary, path)
}
