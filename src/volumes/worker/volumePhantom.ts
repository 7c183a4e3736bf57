import { describePhantomCase } from '../../../phantom/describePhantomCase.ts'
import type { PhantomCase } from '../../../phantom/phantomCase.ts'
import { toPhantomKey } from '../../domain/study/studyKey.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import type { RenderedPhantom } from '../volumeProtocol.ts'

/** The case's own title names its findings; on screen the truth is shown on request only. */
export function toRenderedPhantom(phantom: PhantomCase, volume: Volume): RenderedPhantom {
  const { sex, ageYears } = phantom.anatomy
  const { findings } = describePhantomCase(phantom)
  const drawn = findings.map((finding) => finding.text).join('; ') || 'no finding'
  const report = phantom.sentences.map((sentence) => sentence.text).join(' ')
  return {
    volume,
    key: toPhantomKey(phantom.seed),
    title: `Phantom ${phantom.seed}, ${sex === 'female' ? 'woman' : 'man'}, ${ageYears} years`,
    description: `Drawn into this phantom: ${drawn}. Its report: ${report}`,
    labels: findings.map((finding) => finding.finding),
  }
}
