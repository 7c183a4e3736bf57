import { readdirSync, readFileSync } from 'node:fs'
import type { Status } from '../statement.ts'
import { type HandWrittenClip, STATEMENTS_FOLDER } from './handWritten.ts'

/*
 * The sentences of fixtures/statements/rules, with which the rules of the reader of transcripts were made: lines of
 * "kind: words => labels". A label is a sign, a finding's short name and what is said of place and size: "+nodule right upper
 * 6mm"; labels in parentheses are tolerated.
 */

const SIGNS: Readonly<Record<string, Status>> = { '+': 'present', '-': 'absent', '?': 'uncertain', '<': 'resolved' }
const IDS: Readonly<Record<string, string>> = {
  material: 'medical_material',
  arterial: 'arterial_wall_calcification',
  cardiomegaly: 'cardiomegaly',
  pericardial: 'pericardial_effusion',
  coronary: 'coronary_artery_wall_calcification',
  hernia: 'hiatal_hernia',
  nodes: 'lymphadenopathy',
  emphysema: 'emphysema',
  atelectasis: 'atelectasis',
  nodule: 'lung_nodule',
  opacity: 'lung_opacity',
  fibrosis: 'pulmonary_fibrotic_sequela',
  effusion: 'pleural_effusion',
  mosaic: 'mosaic_attenuation_pattern',
  peribronchial: 'peribronchial_thickening',
  consolidation: 'consolidation',
  bronchiectasis: 'bronchiectasis',
  septal: 'interlobular_septal_thickening',
}
const LUNGS =
  'opacity consolidation nodule atelectasis fibrosis emphysema bronchiectasis septal mosaic peribronchial'.split(' ')
const FOLDER = new URL('rules/', STATEMENTS_FOLDER)
const SIDES = ['left', 'right', 'bilateral'] as const
const LOBES = ['upper', 'middle', 'lower', 'lingula'] as const

type Label = HandWrittenClip['statements'][number]

const pickWord = <T extends string>(words: readonly string[], of: readonly T[]): T | undefined =>
  of.find((one) => words.includes(one))

/** Throws where a label names no finding. */
function toLabels(text: string): Label[] {
  return [...text.matchAll(/([-+?<])([a-z]+)([^-+?<]*)/g)].flatMap(([, sign, name, rest]): Label[] => {
    const status = SIGNS[sign]
    if (name === 'lungs' || name === 'all')
      return (name === 'all' ? Object.keys(IDS) : LUNGS).map((one) => ({ finding: IDS[one], status, clause: 0 }))
    if (!(name in IDS)) throw new Error(`No finding "${name}"`)
    const words = rest.trim().split(/\s+/)
    const [side, lobe] = [pickWord(words, SIDES), pickWord(words, LOBES)]
    const mm = /(\d+)mm/.exec(rest)?.[1]
    return [
      {
        finding: IDS[name],
        status,
        clause: 0,
        ...(side && { side }),
        ...(lobe && { lobe }),
        ...(mm && { size: { mm: Number(mm) } }),
      },
    ]
  })
}

/** What the definitions of the hand-written set tolerate of every sentence: what is gone is absent, a consolidation opaque. */
const toImplied = ({ finding, status, clause }: Label): Label[] => [
  ...(status === 'resolved' ? [{ finding, status: 'absent' as const, clause }] : []),
  ...(finding === IDS.consolidation && status !== 'absent' ? [{ finding: IDS.opacity, status, clause }] : []),
]

function toClip(line: string, id: string): HandWrittenClip {
  const parts = /^([a-z-]+): (.+?) =>(.*)$/.exec(line)
  if (!parts) throw new Error(`Not a sentence with labels: ${line}`)
  const [, kind, words, labels] = parts
  const tolerated = [...labels.matchAll(/\(([^)]*)\)/g)].flatMap(([, inner]) => toLabels(inner))
  const statements = toLabels(labels.replace(/\([^)]*\)/g, ''))
  return { id, kind, clauses: [words], statements, tolerated: [...tolerated, ...statements.flatMap(toImplied)] }
}

/** Sentences of one batch. */
export const readRuleSentences = (name: string): HandWrittenClip[] =>
  readFileSync(new URL(name, FOLDER), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, n) => toClip(line, `${name}:${n + 1}`))

export const listRuleBatches = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
