import { proxy, transfer } from 'comlink'
import { failure, type Problem, ProblemError, type Result } from '../../base/result.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { SeenBody } from '../../domain/ct/chestRegion/seenBody.ts'
import type { CtInputSpec } from '../../domain/ct/ctInputSpec.ts'
import type { CtInput } from '../../domain/ct/toCtInput.ts'
import type { LabelMap } from '../../domain/overlay/labelMap/readLabelMap.ts'
import type { Registration } from '../../domain/registration/registerLungs.ts'
import type { Thumbnail } from '../../domain/retrieval/own/thumbnail.ts'
import type { StudySource } from '../../domain/study/studySource.ts'
import type { DecodeFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import { findSeriesOf } from '../../domain/volume/readFirstSlice.ts'
import type { LoadedVolume, ScannedSeries } from '../../domain/volume/scannedSeries.ts'
import { type OnProgress, toSourceFiles } from '../../domain/volume/sourceFile.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import type { RenderedPhantom } from '../volumeProtocol.ts'
import { VolumeWorkerHost } from './volumeWorkerHost.ts'

export interface VolumeClientOptions {
  /** Codec for compressed slices; called in this thread. */
  readonly decodeSlices: DecodeFrame
  /** What the ids of studies are salted with on this device. */
  readonly salt: string
  readonly createWorker?: () => WorkerLike
}

/** Reading, placing and preparing volumes in a worker of their own. Every call may be cancelled: it rejects with AbortError. */
export interface VolumeClient {
  /** Series in dropped files, folders (as flat lists) and zips. Bad files are named in `problems`. */
  readonly listSeries: StudySource<readonly File[]>['list']
  /** Pixels of a series that was listed in this visit, in HU. */
  readonly loadSeries: StudySource<readonly File[]>['open']
  /** Labels of a series that was listed in this visit with some. */
  readLabels(seriesId: string, signal?: AbortSignal): Promise<Result<LabelMap>>
  /** The CT encoder's input of a volume, as the pack's manifest says. */
  toCtInput(volume: Volume, spec: CtInputSpec, signal?: AbortSignal, onProgress?: OnProgress): Promise<CtInput>
  /** Where the patient is in a volume, and how much lung is. */
  seeBody(volume: Volume, signal?: AbortSignal): Promise<SeenBody>
  /** Where a prior lies by the lungs of both; a second or two. */
  registerLungs(
    current: Volume,
    prior: Volume,
    signal?: AbortSignal,
    onProgress?: OnProgress,
  ): Promise<Result<Registration>>
  renderPhantom(seed: number, signal?: AbortSignal): Promise<RenderedPhantom>
  /** A small picture of a series that was listed in this visit; null where none can be made cheaply. */
  renderSeries(seriesId: string): Promise<Thumbnail | null>
  /** A small picture of a phantom's middle slice. */
  renderThumbnail(seed: number): Promise<Thumbnail>
  dispose(): void
}

const startVolumeWorker = (): WorkerLike =>
  new Worker(new URL('../worker/volume.worker.ts', import.meta.url), { type: 'module' })

const ignoreProgress: OnProgress = () => undefined

export function createVolumeClient(options: VolumeClientOptions): VolumeClient {
  const host = new VolumeWorkerHost(options.createWorker ?? startVolumeWorker)
  /** Series of all drops of this visit: a study can be opened again while the page lives. */
  const known = new Map<string, ScannedSeries>()
  const decodeFrame = proxy(sendingPixels(options.decodeSlices))

  return {
    async listSeries(files, { signal, onProgress = ignoreProgress, onFirstSlice } = {}) {
      const sources = toSourceFiles(files)
      const first = onFirstSlice ? await host.run((api) => api.readFirstSlice(sources, decodeFrame), signal) : null
      if (first) onFirstSlice?.(first)
      const progress = untilClosed(onProgress)
      const scan = host.run((api) => api.scanFiles(sources, options.salt, proxy(progress.report)), signal)
      const { series, problems, reports, segmentations } = await scan.finally(progress.close)
      for (const entry of series) known.set(entry.summary.id, entry)
      const firstSliceSeriesId = first && findSeriesOf(first, series)
      return {
        series: series.map((entry) => entry.summary),
        problems: [...problems],
        beside: { reports, segmentations },
        firstSliceSeriesId,
      }
    },
    async loadSeries(seriesId, { signal, onProgress = ignoreProgress } = {}) {
      const series = known.get(seriesId)
      if (!series) return failure(describeUnknown(seriesId))
      const progress = untilClosed(onProgress)
      try {
        return await host.run<Result<LoadedVolume>>(
          (api) => api.loadSeries(series, options.salt, decodeFrame, proxy(progress.report)),
          signal,
        )
      } catch (thrown) {
        if (thrown instanceof ProblemError) return failure(thrown.problem)
        throw thrown
      } finally {
        progress.close()
      }
    },
    async readLabels(seriesId, signal) {
      const series = known.get(seriesId)
      if (!series) return failure(describeUnknown(seriesId))
      return host.run<Result<LabelMap>>((api) => api.readLabels(series), signal)
    },
    toCtInput(volume, spec, signal, onProgress = ignoreProgress) {
      const progress = untilClosed(onProgress)
      const input = host.run((api) => api.toCtInput(volume, spec, proxy(progress.report)), signal)
      return input.finally(progress.close)
    },
    registerLungs(current, prior, signal, onProgress = ignoreProgress) {
      const progress = untilClosed(onProgress)
      const registering = host.run<Result<Registration>>(
        (api) => api.registerLungs(current, prior, proxy(progress.report)),
        signal,
      )
      return registering.finally(progress.close)
    },
    seeBody: (volume, signal) => host.run((api) => api.seeBody(volume), signal),
    async renderSeries(seriesId) {
      const series = known.get(seriesId)
      return series ? host.run((api) => api.renderSeries(series, decodeFrame)) : null
    },
    renderThumbnail: (seed) => host.run((api) => api.renderThumbnail(seed)),
    renderPhantom: (seed, signal) => host.run((api) => api.renderPhantom(seed), signal),
    dispose: () => host.dispose(),
  }
}

/** Progress travels by a channel of its own and may arrive after the result; it must not bring a finished bar back. */
function untilClosed(onProgress: OnProgress) {
  let isOpen = true
  const report: OnProgress = (label, fraction) => {
    if (isOpen) onProgress(label, fraction)
  }
  const close = () => {
    isOpen = false
  }
  return { report, close }
}

const sendingPixels =
  (decode: DecodeFrame): DecodeFrame =>
  async (frame) => {
    const pixels = await decode(frame)
    return pixels.buffer instanceof ArrayBuffer ? transfer(pixels, [pixels.buffer]) : pixels
  }

const describeUnknown = (seriesId: string): Problem => ({
  code: 'unknown-series',
  message: `The series ${seriesId} is not among the files of this visit.`,
  nextStep: 'Drop its files again.',
})
