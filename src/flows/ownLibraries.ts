import { createId } from '../base/createId.ts'
import { failure, type Problem, type Result, success } from '../base/result.ts'
import type { CaseLibrary } from '../cases/client/libraryClient.ts'
import type { NamedFinding } from '../domain/findings/finding.ts'
import { neutralTitle, type OwnCase } from '../domain/retrieval/own/ownCase.ts'
import { type OwnLibraryFile, readLibraryFile, toLibraryFile } from '../domain/retrieval/own/ownLibraryFile.ts'
import { toThumbnail } from '../domain/retrieval/own/thumbnail.ts'
import { toParts } from '../domain/retrieval/query.ts'
import { ageAtStudy } from '../domain/study/studyIdentity.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { NamedLibrary, PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { History } from './history.ts'
import { KeptThings } from './keptThings.ts'
import { toSeed } from './knownStudies.ts'
import { isOfEncoder, toEncoderKey } from './ownFindings.ts'
import { nothingToMark, toPatient } from './ownScreen.ts'

export interface OwnLibrariesDeps {
  readonly screen: Screen
  readonly ownCases: OwnTable<OwnCase>
  /** Salted hash of what names a patient. */
  hashPatient(name: string): string
  /** A library of cases that lie in memory. */
  openMemoryLibrary(cases: readonly OwnCase[], findingIds: readonly string[]): CaseLibrary
}

/** What a person says of the scan that they put into a library. */
export interface NewCase {
  readonly library: string
  /** Empty: one that names nobody. */
  readonly title: string
  readonly where: string
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Libraries of the reader's own: scans are put into them one by one, and listed among the cases that are alike. */
export class OwnLibraries {
  readonly #kept: KeptThings<OwnCase>

  /** `onChange`: cases that are listed may be others now. */
  constructor(
    private readonly deps: OwnLibrariesDeps,
    private readonly desk: Desk,
    private readonly history: History,
    private readonly onChange: () => void,
  ) {
    this.#kept = new KeptThings(deps.screen, deps.ownCases)
    void this.#kept.load().then(() => this.#bringUpToDate())
  }

  takePack(pack: PackSession): void {
    this.#publish(pack)
  }

  /** No pack is in use: its libraries wait for it. */
  dropPack(): void {
    this.deps.screen.patch('ownLibraries', { libraries: [] })
  }

  /** Puts the scan that is read into a library; one that lies there already is replaced. Gives the case's id. */
  add({ library, title, where }: NewCase): string | null {
    const { pack, read: study } = this.desk
    if (!pack || !study || study.seen?.by !== pack) {
      this.deps.screen.notify(nothingToMark(study), 'warning')
      return null
    }
    const name = tidy(library) || 'My cases'
    const former = this.#ofPack(pack).filter((one) => one.library === name)
    const known = former.find(({ studyId }) => studyId === study.id)
    const own = toOwnCase(pack, study, this.deps.hashPatient)
    const added = {
      ...own,
      id: known?.id ?? own.id,
      library: name,
      title: tidy(title) || toTitle(study, own, former.length + Number(!known)),
      where: tidy(where),
    }
    this.#change(known ? `${added.title} replaced in ${name}` : `${added.title} added to ${name}`, [added])
    return added.id
  }

  removeCase(id: string): void {
    const known = this.#kept.find(id)
    if (known) this.#change(`${known.title} removed from ${known.library}`, [], [id])
  }

  removeLibrary(library: string): void {
    const ids = this.#ofLibrary(library).map(({ id }) => id)
    if (ids.length > 0) this.#change(`${library} deleted`, [], ids)
  }

  undo = (): void => this.history.undo(ORDER)

  toFile(library: string): OwnLibraryFile | null {
    const { pack } = this.desk
    const cases = this.#ofLibrary(library)
    return pack && cases.length > 0 ? toLibraryFile(toEncoderKey(pack), library, cases) : null
  }

  /** Brings in an exported library; a case that is here already is replaced by that of the file. */
  importFile(fileName: string, text: string): Result<number> {
    const { pack } = this.desk
    if (!pack) return failure(NO_MODEL)
    const read = readLibraryFile(fileName, text, toEncoderKey(pack), pack.pack.manifest.embedding.dimension)
    if (!read.ok) return read
    this.#change(`${fileName} imported`, read.value)
    return success(read.value.length)
  }

  #ofPack(pack: PackSession | null): readonly OwnCase[] {
    return pack ? this.#kept.all.filter((one) => isOfEncoder(one, toEncoderKey(pack))) : []
  }

  #ofLibrary(library: string): readonly OwnCase[] {
    return this.#ofPack(this.desk.pack).filter((one) => one.library === library)
  }

  #change(text: string, cases: readonly OwnCase[], removed: readonly string[] = []): void {
    const change = this.#kept.change(cases, removed)
    this.history.add({ kind: 'case', text, scopes: [ORDER], change, show: () => this.#bringUpToDate() })
  }

  #bringUpToDate(): void {
    const { pack } = this.desk
    if (!pack) return
    this.#publish(pack)
    this.onChange()
  }

  #publish(pack: PackSession): void {
    const ids = pack.pack.manifest.findings.map(({ id }) => id)
    const byLibrary = groupBy(this.#ofPack(pack), ({ library }) => library)
    pack.ownLibraries = [...byLibrary].map(
      ([id, cases]): NamedLibrary => ({ id, library: this.deps.openMemoryLibrary(cases, ids) }),
    )
    const key = toEncoderKey(pack)
    const others = this.#kept.all.filter((one) => !isOfEncoder(one, key))
    this.deps.screen.patch('ownLibraries', {
      libraries: [...byLibrary].map(([title, cases]) => ({ title, cases: cases.map(toItem) })),
      elsewhere: [...groupBy(others, ({ library, of }) => JSON.stringify([library, of])).values()].map((cases) => ({
        title: cases[0].library,
        packTitle: cases[0].of.packTitle || cases[0].of.packId,
        count: cases.length,
      })),
      unreadableCount: this.#kept.unreadableCount,
      undo: this.history.last(ORDER).undo?.text ?? null,
    })
  }
}

function groupBy<T>(items: readonly T[], toKey: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(toKey(item), [...(groups.get(toKey(item)) ?? []), item])
  return groups
}

const toItem = ({ id, title, where, studyId, present, absent }: OwnCase) => ({
  id,
  title,
  where,
  studyId,
  present: present.map(({ label }) => label),
  absent: absent.map(({ label }) => label),
})

const SEXES = { F: 'female', M: 'male', O: 'other' } as const

/** A phantom's title names nobody; a series or a file may be called by a patient's name. */
const toTitle = ({ state: { study } }: StudySession, own: OwnCase, number: number): string =>
  study.format === 'phantom' ? study.title : neutralTitle(own, number)

/** What the reader has marked or said of it. */
function toLabels({ state: { findings } }: StudySession, status: 'present' | 'absent'): NamedFinding[] {
  return findings.rows.flatMap(({ id, label, said, own }) =>
    (own?.mark ?? (said === status ? status : null)) === status ? [{ id, label }] : [],
  )
}

/** The place that cases are searched by, if any. */
function toMarkedPlace({ state: { similar } }: StudySession): Vec3 | null {
  const [place] = toParts(similar.query).flatMap(({ source }) => (source.kind === 'place' ? [source] : []))
  return place?.pointLpsMm ?? null
}

function toOwnCase(pack: PackSession, study: StudySession, hashPatient: (name: string) => string): OwnCase {
  const { identity } = study.state.study
  return {
    id: `case-${createId()}`,
    library: '',
    of: toEncoderKey(pack),
    studyId: study.id,
    patient: toPatient(study, hashPatient),
    title: '',
    where: '',
    sex: identity?.sex ? SEXES[identity.sex] : null,
    ageYears: ageAtStudy(identity),
    present: toLabels(study, 'present'),
    absent: toLabels(study, 'absent'),
    embedding: study.seen?.embedding ?? new Float32Array(0),
    thumbnail: study.volume ? toThumbnail(study.volume, toMarkedPlace(study)) : null,
    seed: toSeed(study.id),
    createdAtMs: Date.now(),
  }
}

/** The order in which their changes are taken back, whichever study is read. */
const ORDER = 'own libraries'

const NO_MODEL: Problem = {
  code: 'no-model',
  message: 'No model is loaded whose embeddings the cases could belong to.',
  nextStep: 'Load a model, then import the file again.',
}
