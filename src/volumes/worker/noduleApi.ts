import { transfer } from 'comlink'
import { measureNodule } from '../../domain/nodule/measureNodule.ts'
import type { NoduleApi } from '../volumeProtocol.ts'

export const createNoduleApi = (): NoduleApi => ({
  measure(crop, seedsLpsMm) {
    let first: ReturnType<typeof measureNodule> | null = null
    for (const seed of seedsLpsMm) {
      const answer = measureNodule(crop, seed)
      if (!('refusal' in answer)) return transfer(answer, [answer.border.shares.buffer as ArrayBuffer])
      first ??= answer
    }
    return first ?? { refusal: 'Nothing was measured there.' }
  },
})
