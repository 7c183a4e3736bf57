import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTranscriber } from './openTranscriber.ts'
import { type PackServer, servePack } from './servePack.fixture.ts'

const ignore = () => undefined

let server: PackServer

beforeAll(async () => {
  server = await servePack()
})

afterAll(() => server.close())

const tinySpeech = () => server.pack.manifest.speech!

/** Frames in which the letters of a text are near certain, a blank between. */
function spell(text: string, alphabet: readonly string[]): Float32Array {
  const path = Array.from(text, (letter) => [0, alphabet.indexOf(letter)]).flat()
  const frames = new Float32Array(path.length * alphabet.length).fill(-4)
  for (const [frame, letter] of path.entries()) frames[frame * alphabet.length + letter] = -0.1
  return frames
}

describe('openTranscriber', () => {
  it('reads the words of the pack and mends letters by them', async () => {
    const { alphabet = [] } = tinySpeech()
    const words = await openTranscriber(server.pack.baseUrl, tinySpeech(), ignore)
    expect(words?.toText(spell('a cbb', alphabet))).toBe('a cab')
    const { language: _, ...letters } = tinySpeech()
    const greedy = await openTranscriber(server.pack.baseUrl, letters, ignore)
    expect(greedy?.toText(spell('a cbb', alphabet))).toBe('a cbb')
  })

  it('opens nothing for an encoder without letters', async () => {
    const { alphabet: _, ...wordless } = tinySpeech()
    expect(await openTranscriber(server.pack.baseUrl, wordless, ignore)).toBeNull()
  })

  it('refuses a file of another content, and one that is no language', async () => {
    const { language, ...speech } = tinySpeech()
    if (!language) throw new Error('the tiny pack has no language')
    const corrupt = { ...speech, language: { ...language, sha256: '0'.repeat(64) } }
    await expect(openTranscriber(server.pack.baseUrl, corrupt, ignore)).rejects.toMatchObject({
      problem: { code: 'model-corrupt' },
    })
    const other = { ...speech, language: server.pack.manifest.library.embeddings }
    await expect(openTranscriber(server.pack.baseUrl, other, ignore)).rejects.toMatchObject({
      problem: { code: 'language-invalid' },
    })
  })
})
