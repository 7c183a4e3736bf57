import type { Result } from '../base/result.ts'
import type { SeenBody } from '../domain/ct/chestRegion/seenBody.ts'
import type { CtInputSpec } from '../domain/ct/ctInputSpec.ts'
import type { CtInput } from '../domain/ct/toCtInput.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import type { Refusal } from '../domain/nodule/cutNodule.ts'
import type { NoduleCrop } from '../domain/nodule/noduleCrop.ts'
import type { NoduleReading } from '../domain/nodule/noduleReading.ts'
import type { LabelMap } from '../domain/overlay/labelMap/readLabelMap.ts'
import type { Registration } from '../domain/registration/registerLungs.ts'
import type { Thumbnail } from '../domain/retrieval/own/thumbnail.ts'
import type { StudyKey } from '../domain/study/studyKey.ts'
import type { DecodeFrame } from '../domain/volume/dicom/decodeFrame.ts'
import type { FirstSlice } from '../domain/volume/firstSlice.ts'
import type { LoadedVolume, ScannedSeries, ScanResult } from '../domain/volume/scannedSeries.ts'
import type { OnProgress, SourceFile } from '../domain/volume/sourceFile.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'

/** A phantom made again from its seed, with the truth about it. */
export interface RenderedPhantom {
  readonly volume: Volume
  readonly key: StudyKey
  /** Names the case without giving away what it shows. */
  readonly title: string
  /** What was put into it, and its report. */
  readonly description: string
  readonly labels: readonly FindingId[]
}

/**
 * What the volume worker does. It keeps nothing between calls, so that it may be ended at any time. Callbacks are
 * comlink proxies.
 */
export interface VolumeApi {
  /** `salt`: what the ids of studies are salted with. */
  scanFiles(files: readonly SourceFile[], salt: string, onProgress: OnProgress): Promise<ScanResult>
  /** One slice of the files, for which nothing else is read. */
  readFirstSlice(files: readonly SourceFile[], decodeFrame: DecodeFrame): Promise<FirstSlice | null>
  loadSeries(
    series: ScannedSeries,
    salt: string,
    decodeFrame: DecodeFrame,
    onProgress: OnProgress,
  ): Promise<Result<LoadedVolume>>
  /** Labels of a series that was listed with some. */
  readLabels(series: ScannedSeries): Promise<Result<LabelMap>>
  toCtInput(volume: Volume, spec: CtInputSpec, onProgress: OnProgress): Promise<CtInput>
  seeBody(volume: Volume): SeenBody
  /** Where a prior lies by the lungs of both. */
  registerLungs(current: Volume, prior: Volume, onProgress: OnProgress): Result<Registration>
  renderPhantom(seed: number): RenderedPhantom
  /** A small picture of a listed series; null where none can be made cheaply. */
  renderSeries(series: ScannedSeries, decodeFrame: DecodeFrame): Promise<Thumbnail | null>
  /** The middle slice of a phantom. */
  renderThumbnail(seed: number): Thumbnail
}

/** What the worker for nodules does. */
export interface NoduleApi {
  /** The nodule at the first of the places (LPS mm) that has one, else why the first has none. */
  measure(crop: NoduleCrop, seedsLpsMm: readonly Vec3[]): NoduleReading | Refusal
}
