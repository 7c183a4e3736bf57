import { transfer } from 'comlink'
import { createPhantomCase } from '../../../phantom/phantomCase.ts'
import { renderMiddleSlice } from '../../../phantom/renderMiddleSlice.ts'
import { renderScan } from '../../../phantom/renderScan.ts'
import { seeBody } from '../../domain/ct/chestRegion/seenBody.ts'
import { registerLungs } from '../../domain/registration/registerLungs.ts'
import { THUMBNAIL_SIDE, toThumbnail } from '../../domain/retrieval/own/thumbnail.ts'
import type { DecodeFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import { loadLabels } from '../../domain/volume/loadLabels.ts'
import { loadSeries } from '../../domain/volume/loadSeries.ts'
import { readFirstSlice } from '../../domain/volume/readFirstSlice.ts'
import { scanFiles } from '../../domain/volume/scanFiles.ts'
import { readSeriesThumbnail } from '../../domain/volume/seriesThumbnail.ts'
import type { VolumeApi } from '../volumeProtocol.ts'
import { countHelpers, toCtInputInTeam } from './ctInputTeam.ts'
import { SlabHelpers } from './slabHelpers.ts'
import { toRenderedPhantom } from './volumePhantom.ts'

/** The thin shell that the worker exposes: domain functions, and arrays that travel without a copy. */
export function createVolumeApi(): VolumeApi {
  const helpers = new SlabHelpers()
  return {
    scanFiles: (files, salt, onProgress) => scanFiles(files, { salt, onProgress }),
    async readFirstSlice(files, decodeFrame) {
      const slice = await readFirstSlice(files, sendingBytes(decodeFrame))
      return slice && transfer(slice, toTransferable(slice.hu))
    },
    async loadSeries(series, salt, decodeFrame, onProgress) {
      const loaded = await loadSeries(series, { salt, decodeFrame: sendingBytes(decodeFrame), onProgress })
      return loaded.ok ? transfer(loaded, toTransferable(loaded.value.volume.hu)) : loaded
    },
    async readLabels(series) {
      const read = await loadLabels(series)
      return read.ok
        ? transfer(
            read,
            read.value.parts.map(({ pixels }) => pixels.buffer as ArrayBuffer),
          )
        : read
    },
    async toCtInput(volume, spec, onProgress) {
      const cores = globalThis.navigator?.hardwareConcurrency ?? 1
      const input = await helpers.with(countHelpers(volume, spec, cores), (team) =>
        toCtInputInTeam(volume, spec, team, onProgress),
      )
      return transfer(input, toTransferable(input.data))
    },
    seeBody,
    renderThumbnail: (seed) => toThumbnail(renderMiddleSlice(createPhantomCase(seed), THUMBNAIL_SIDE)),
    renderSeries: (series, decodeFrame) => readSeriesThumbnail(series, sendingBytes(decodeFrame)),
    registerLungs,
    renderPhantom(seed) {
      const phantom = createPhantomCase(seed)
      const { volume } = renderScan(phantom)
      return transfer(toRenderedPhantom(phantom, volume), toTransferable(volume.hu))
    },
  }
}

/** Shared memory is seen by both threads and cannot be transferred. */
function toTransferable(array: Int16Array | Float32Array): Transferable[] {
  return array.buffer instanceof ArrayBuffer ? [array.buffer] : []
}

const sendingBytes =
  (decodeFrame: DecodeFrame): DecodeFrame =>
  (frame) =>
    decodeFrame(transfer(frame, [frame.bytes.buffer as ArrayBuffer]))
