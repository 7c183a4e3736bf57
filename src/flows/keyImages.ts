import { createId } from '../base/createId.ts'
import type { Result, Told } from '../base/result.ts'
import { toSliceStacks } from '../domain/geometry/sliceStack.ts'
import { dot } from '../domain/geometry/vector.ts'
import { type KeyImage, type SeenImage, toKeyLine, toKeyTitle } from '../domain/keyImage/keyImage.ts'
import { toKeySlice } from '../domain/keyImage/keySources.ts'
import { toNormal, toOffPlaneMm } from '../domain/measure/measure.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import type { StudyArchive } from '../storage/studyArchive.ts'
import type { History } from './history.ts'
import { noteStudy } from './identifyStudy.ts'
import { KeptThings } from './keptThings.ts'
import { writeKeyObject } from './writeKeyObject.ts'
import type { NamedReport } from './writeReport.ts'

export interface KeyImagesDeps {
  readonly screen: Screen
  readonly archive: StudyArchive
  /** Where the key images of a study are kept. */
  keyImageTable(studyId: string): OwnTable<KeyImage>
}

const PARALLEL = 1 - 1e-6

const toMarkedNotice = (title: string, undoes: string): Told => ({
  code: 'key-image-marked',
  message: `Key image: ${title}.`,
  nextStep: 'It is listed under the findings, where it can be noted and shown again.',
  undoes,
})

/** The telling images of the study being read, as they were seen: each change is written, and can be taken back and done again. */
export class KeyImages {
  readonly #kept = new Map<string, KeptThings<KeyImage>>()

  constructor(
    private readonly deps: KeyImagesDeps,
    private readonly desk: Desk,
    private readonly history: History,
  ) {}

  /** Brings back what was marked in the study on an earlier visit, and follows what another window marks. */
  async restore(study: StudySession): Promise<void> {
    if (this.#kept.has(study.id)) return this.#show(study)
    const kept = new KeptThings<KeyImage>(this.deps.screen, this.deps.keyImageTable(study.id))
    this.#kept.set(study.id, kept)
    await kept.load()
    kept.follow(() => this.#show(study))
    study.show('keyImages', { unreadableCount: kept.unreadableCount })
    this.#show(study)
  }

  /** Marks an image of the study as it is seen now. */
  mark(studyId: string, seen: SeenImage): void {
    const study = this.desk.find(studyId)
    if (!study) return
    const made = { id: createId(), studyId: study.id, createdAtMs: Date.now(), note: '' }
    const image: KeyImage = { ...seen, ...made, measureIds: toMeasuresOn(study, seen) }
    const title = toKeyTitle(image, study.volume ? toKeySlice(study.volume, image) : null)
    const text = `Key image marked, ${title}`
    this.#change(study, text, [image])
    this.deps.screen.notify(toMarkedNotice(title, text), 'info')
  }

  /** Says why it is one. */
  describe(id: string, note: string): void {
    const image = this.find(id)
    const trimmed = note.trim()
    if (image && this.desk.read && trimmed !== image.note)
      this.#change(this.desk.read, 'Key image noted', [{ ...image, note: trimmed }])
  }

  remove(id: string): void {
    if (this.desk.read && this.find(id)) this.#change(this.desk.read, 'Key image deleted', [], [id])
  }

  /** One of the study being read. */
  find(id: string): KeyImage | null {
    return this.#ofRead()?.find(id) ?? null
  }

  /** Those of the study being read, oldest first. */
  get all(): readonly KeyImage[] {
    return this.#ofRead()?.all ?? []
  }

  /** All of the study being read, a line each. */
  toText(): string {
    const items = this.desk.read?.state.keyImages.items ?? []
    return items.map((item) => toKeyLine(item, item.slice)).join('\n')
  }

  /** Those of the study being read as a DICOM key object selection, and what it is called; null while there are none. */
  async toObject(version: string): Promise<Result<NamedReport> | null> {
    const { read } = this.desk
    if (!read?.volume || this.all.length === 0) return null
    return writeKeyObject(read.id, read.volume, this.all, version)
  }

  #ofRead = (): KeptThings<KeyImage> | undefined => (this.desk.read ? this.#kept.get(this.desk.read.id) : undefined)

  #change(study: StudySession, text: string, images: readonly KeyImage[], removed: readonly string[] = []): void {
    const kept = this.#kept.get(study.id)
    if (!kept) return
    const change = kept.change(images, removed)
    this.history.add({ kind: 'keyImage', text, scopes: [study.id], change, show: () => this.#show(study) })
  }

  #show(study: StudySession): void {
    const kept = this.#kept.get(study.id)
    if (!kept) return
    const { volume } = study
    const isFirstOrLast = (kept.all.length === 0) !== (study.state.keyImages.items.length === 0)
    const items = kept.all.map(({ picture, ...image }) => ({
      ...image,
      slice: volume ? toKeySlice(volume, image) : null,
      hasPicture: picture !== null,
    }))
    study.show('keyImages', { items })
    // The study is listed for reopening by what there is of it.
    if (isFirstOrLast) void noteStudy(this.deps.archive, study)
  }
}

/** Measures that lie in the slice that is seen, or in its slab. */
function toMeasuresOn({ state, volume }: StudySession, { plane, planes, pointLpsMm, slab }: SeenImage): string[] {
  if (!volume) return []
  const { normal } = planes[plane]
  const reachMm = (slab?.thicknessMm ?? toSliceStacks(volume, planes)[plane].stepMm) / 2
  return state.measures.items.flatMap(({ measure }) => {
    const isAlong = Math.abs(dot(toNormal(measure.plane), normal)) > PARALLEL
    return isAlong && toOffPlaneMm(measure, pointLpsMm) <= reachMm ? [measure.id] : []
  })
}
