import type { Page } from '@playwright/test'

/** Everything on the page that belongs to the study being read, as one frame showed it. */
export interface PageFrame {
  readonly studyId: string
  readonly title: string
  readonly micOwner: string
  /** Volumes that the views say are visible, each once. */
  readonly volumeIds: readonly string[]
  /** "49 / 97", a view. */
  readonly slices: readonly string[]
  /** Densities under the pointer. */
  readonly hu: readonly string[]
  /** Utterances of the dictation. */
  readonly cardCount: number
  /** Findings said present or unsure. */
  readonly said: readonly string[]
  /** Calibrated probabilities by the rows' order of ids; empty where a row has none. */
  readonly probabilities: readonly string[]
  /** Series and studies that the lists mark as the one on screen. */
  readonly marked: readonly string[]
  /** What lies over the stage while a study is opened; null without it. */
  readonly curtain: string | null
}

interface FrameWindow {
  voxctPageFrames: { frames: PageFrame[]; isOn: boolean }
}

/** Begins to read the page in every animation frame, once it has read a first one; `stopPageFrames` gives what was read, equal neighbours once. */
export async function startPageFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
    const text = (testId: string) => document.querySelector(`[data-testid="${testId}"]`)?.textContent ?? null
    const idOf = (element: HTMLElement, prefix: string) => element.dataset.testid?.replace(prefix, '') ?? ''
    const state: FrameWindow['voxctPageFrames'] = { frames: [], isOn: true }
    Object.assign(window, { voxctPageFrames: state })
    let last = ''
    const toFrame = (): PageFrame => {
      const rows = all('[data-testid^="finding-row-"]').sort((a, b) => (idOf(a, '') < idOf(b, '') ? -1 : 1))
      return {
        studyId: document.querySelector<HTMLElement>('[data-study-id]')?.dataset.studyId ?? '',
        title: text('study-title') ?? '',
        micOwner: text('mic-owner') ?? '',
        volumeIds: [...new Set(all('[data-view]').map(({ dataset }) => dataset.volumeId ?? 'hidden'))],
        slices: all('[data-testid^="slice-"]').map(({ textContent }) => textContent ?? ''),
        hu: all('[data-testid="hu"]').map(({ textContent }) => textContent ?? ''),
        cardCount: all('[data-testid^="utterance-"]').length,
        said: rows
          .filter(({ dataset }) => dataset.said === 'present' || dataset.said === 'uncertain')
          .map((row) => idOf(row, 'finding-row-')),
        probabilities: rows.map(({ dataset }) => dataset.probability ?? ''),
        marked: all('[data-testid="studies-panel"] [aria-current="true"]').map((entry) => {
          const words = [...entry.querySelectorAll('span')].filter((span) => span.childElementCount === 0)
          return words.find((span) => span.textContent)?.textContent ?? ''
        }),
        curtain: text('opening-curtain'),
      }
    }
    const read = () => {
      const frame = toFrame()
      const now = JSON.stringify(frame)
      if (now !== last) state.frames.push(frame)
      last = now
      if (state.isOn) requestAnimationFrame(read)
    }
    return new Promise<void>((begun) => {
      requestAnimationFrame(() => {
        read()
        begun()
      })
    })
  })
}

export async function stopPageFrames(page: Page): Promise<PageFrame[]> {
  return page.evaluate(() => {
    const { voxctPageFrames } = window as unknown as FrameWindow
    voxctPageFrames.isOn = false
    return voxctPageFrames.frames
  })
}
