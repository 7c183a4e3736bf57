import { createStreamHash } from '../../base/streamHash.ts'
import type { Manifest } from './manifest.ts'

interface Files {
  readonly sha256: string
  readonly external?: readonly { readonly sha256: string }[]
  readonly next?: readonly Files[]
}

const hashesOf = ({ sha256, external = [], next = [] }: Files): string[] => [
  sha256,
  ...external.map((file) => file.sha256),
  ...next.flatMap(hashesOf),
]

/** The graph of full precision, else the first: rounding another one of the same weights changes no meaning. */
const referenceOf = <T extends { readonly variant: string }>(variants: readonly T[]): T =>
  variants.find(({ variant }) => variant === 'fp32') ?? variants[0]

/**
 * What makes embeddings comparable: 32 hexadecimal digits of SHA-256 over the files of trunk and head and the rules of the
 * input. Two packs with other files may have vectors of the same length that mean nothing to one another.
 */
export async function toEncoderHash({ ct: { input, trunk, head } }: Pick<Manifest, 'ct'>): Promise<string> {
  const hash = await createStreamHash()
  const parts = [input, hashesOf(referenceOf(trunk)), hashesOf(referenceOf(head))]
  return hash.update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/**
 * The same of the graphs alone, as a library on a server knows it: it is computed in Python, too
 * (training/voxct/library/graphs_hash.py), where the rules of the input have no single spelling.
 */
export async function toGraphsHash({ ct: { trunk, head } }: Pick<Manifest, 'ct'>): Promise<string> {
  const hash = await createStreamHash()
  const lines = [...hashesOf(referenceOf(trunk)), ...hashesOf(referenceOf(head))].join('\n')
  return hash.update(lines).digest('hex').slice(0, 32)
}
