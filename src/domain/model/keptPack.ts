import * as v from 'valibot'
import type { Problem } from '../../base/result.ts'
import type { PackEntry } from './packList.ts'

/*
 * Packs that a person brought. The browser keeps them in the storage of this site (origin private file system), each in
 * the folder packs/<id>: `manifest.json` as it was given, and every file that it names under its sha256. So a new version
 * can be laid beside the one in use and takes its place only when `manifest.json` is written over; what both have in
 * common is there already. While a pack arrives, `incoming.json` says what is to come.
 */

const SCHEME = 'opfs:/'

/** Folder of all kept packs. */
export const KEPT_FOLDER = 'packs'
export const MANIFEST_NAME = 'manifest.json'
export const INCOMING_NAME = 'incoming.json'

/** Address of a kept pack, with a final slash: the engines read it like the address of a bundled one. */
export const toKeptUrl = (id: string): string => `${SCHEME}${KEPT_FOLDER}/${id}/`

export const isKeptUrl = (url: string): boolean => url.startsWith(SCHEME)

/** Folders and, at the end, the file of an address. */
export const toKeptPath = (url: string): string[] =>
  url
    .slice(SCHEME.length)
    .split('/')
    .filter((part) => part !== '')

/** Held by the one tab that writes or removes a pack. */
export const toPackLock = (id: string): string => `voxct-pack-${id}`

export const packBusy = (id: string): Problem => ({
  code: 'pack-busy',
  message: `The model ${id} is being added or removed just now, here or in another tab.`,
  nextStep: 'Wait until that is done, then try again.',
})

/** A kept pack, as the list shows it. */
export interface KeptPack {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly licence: string
  /** On disk. */
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly addedAtMs: number
  /** Every file is there in its whole length; false where the browser lost some. */
  readonly isWhole: boolean
}

const originSchema = v.variant('kind', [
  /** A folder of this computer, by its name: to go on, a person has to hand it over once more. */
  v.object({ kind: v.literal('folder'), name: v.string() }),
  /** A folder of this site, with a final slash. */
  v.object({ kind: v.literal('url'), url: v.string() }),
])

/** Where a pack is brought from. */
export type PackOrigin = v.InferOutput<typeof originSchema>

/** A pack that began to arrive and did not end: it can go on where it stopped. */
export interface UnfinishedPack {
  readonly id: string
  readonly title: string
  readonly origin: PackOrigin
  readonly doneBytes: number
  readonly totalBytes: number
}

const incomingSchema = v.object({
  schema: v.literal('voxct-incoming/1'),
  /** The text of the manifest. */
  manifest: v.string(),
  origin: originSchema,
})

/** What `incoming.json` holds. */
export type Incoming = Omit<v.InferOutput<typeof incomingSchema>, 'schema'>

export const toIncomingText = (incoming: Incoming): string =>
  JSON.stringify({ schema: 'voxct-incoming/1', ...incoming })

/** Null where the text is nothing of ours, e.g. cut off. */
export function parseIncoming(text: string): Incoming | null {
  try {
    const parsed = v.safeParse(incomingSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** A pack to choose: bundled, or kept. */
export interface OfferedPack extends PackEntry {
  readonly kept?: KeptPack
}

export const toOfferedPack = (kept: KeptPack): OfferedPack => ({
  id: kept.id,
  title: kept.title,
  line: `Licence: ${kept.licence}`,
  bytes: kept.bytes,
  kept,
})

/** Address of a pack's folder; `modelsUrl` is that of the bundled ones, with a final slash. */
export const toPackUrl = (modelsUrl: string, { id, kept }: OfferedPack): string =>
  kept ? toKeptUrl(id) : `${modelsUrl}${id}/`
