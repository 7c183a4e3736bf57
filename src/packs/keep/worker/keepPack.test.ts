import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryRoot, type Disk } from '../../../base/memoryFolder.fixture.ts'
import { findFile, listSizes, type OpenRoot, openFolder } from '../../../base/originFolder.ts'
import type { TryTabLock } from '../../../base/tabLock.ts'
import { listPresent, readKeptFolder } from '../../../domain/model/keptFolder.ts'
import type { PackFile } from '../../../domain/model/manifest.ts'
import { folderSource } from './fileSources.ts'
import { keepFile } from './keepFile.ts'
import { type KeepPackOptions, type KeepProgress, keepPack } from './keepPack.ts'
import { createPackFolder, toOrder, watchSource } from './packToKeep.fixture.ts'

const free: TryTabLock = (_, task) => task()

let disk: Disk
let openRoot: OpenRoot
let reports: KeepProgress[]
let controller: AbortController

beforeEach(() => {
  disk = { freeBytes: Number.POSITIVE_INFINITY }
  openRoot = createMemoryRoot(disk)
  reports = []
  controller = new AbortController()
})

const folderOf = async (id = 'tiny') => (await openFolder(openRoot, ['packs', id]))!
const readBack = async () => readKeptFolder(await folderOf())

function keep(folder = createPackFolder(), options: Partial<KeepPackOptions> = {}) {
  return keepPack(toOrder(folder), {
    source: folderSource(folder),
    onProgress: (progress) => reports.push(progress),
    signal: controller.signal,
    openRoot,
    tryLock: free,
    ...options,
  })
}

const codeOf = async (keeping: ReturnType<typeof keep>) => {
  const kept = await keeping
  return kept.ok ? 'kept' : kept.problem.code
}

describe('keeping a folder', () => {
  it('writes every file under its sha256 and the manifest as it was given, and leaves nothing else', async () => {
    const folder = createPackFolder()
    expect(await keep(folder)).toEqual({ ok: true, value: undefined })
    const { files, manifestText } = toOrder(folder)
    const names = [...(await listSizes(await folderOf())).keys()].sort()
    expect(names).toEqual([...files.map(({ sha256 }) => sha256), 'manifest.json'].sort())
    expect(await (await findFile(await folderOf(), 'manifest.json'))?.text()).toBe(manifestText)
    expect(listPresent(await readBack()).size).toBe(files.length)
  })

  it('reports every file in turn, up to the last byte', async () => {
    await keep()
    const { files } = toOrder(createPackFolder())
    expect([...new Set(reports.map(({ fileNumber }) => fileNumber))]).toEqual(files.map((_, n) => n + 1))
    const last = reports.at(-1)!
    expect(last).toMatchObject({ step: 'copying', fileCount: files.length, doneBytes: last.totalBytes })
    expect(last.arrivedBytes).toBe(last.totalBytes)
  })

  it('names a damaged file, keeps what was right and makes no pack of it', async () => {
    const folder = createPackFolder()
    const bytes = new Uint8Array(await folder.files.get('prompts.f32')!.arrayBuffer())
    bytes[7] ^= 1
    const files = new Map([...folder.files, ['prompts.f32', new File([bytes], 'prompts.f32')]])
    const kept = await keep({ ...folder, files })
    expect(kept.ok ? '' : kept.problem).toMatchObject({ code: 'model-corrupt' })
    expect(kept.ok ? '' : kept.problem.message).toContain('prompts.f32')
    expect(await readBack()).toMatchObject({ current: null, incoming: { origin: { kind: 'folder', name: 'tiny' } } })
  })

  it('refuses a file that lies in another pack', async () => {
    const folder = createPackFolder()
    const manifest = JSON.parse(folder.manifestText)
    manifest.speech.encoder[0].pack = 'other'
    expect(await codeOf(keep({ ...folder, manifestText: JSON.stringify(manifest) }))).toBe('pack-shared-file')
  })

  it('is busy while another tab holds the pack', async () => {
    expect(await codeOf(keep(createPackFolder(), { tryLock: async () => null }))).toBe('pack-busy')
  })
})

describe('another version', () => {
  it('takes the place of the first one when it is whole, and copies only what is new', async () => {
    await keep()
    const folder = createPackFolder('tiny', '2')
    const { source, asked } = watchSource(folder, (_, blob) => blob.stream())
    expect(await codeOf(keep(folder, { source }))).toBe('kept')
    expect(asked).toEqual([['prompts.f32', 0]])
    const { current, incoming, sizes } = await readBack()
    expect(current?.manifest.version).toBe('2')
    expect(incoming).toBeNull()
    expect(sizes.size).toBe(toOrder(folder).files.length + 1)
  })

  it('leaves the first one as it was when it breaks', async () => {
    await keep()
    const folder = createPackFolder('tiny', '2')
    const { source } = watchSource(folder, (_, blob) => new Blob(['x', blob.slice(1)]).stream())
    expect(await codeOf(keep(folder, { source }))).toBe('model-corrupt')
    const kept = await readBack()
    expect(kept.current?.manifest.version).toBe('1')
    expect(listPresent(kept).size).toBe(toOrder(createPackFolder()).files.length)
  })
})

describe('what did not end', () => {
  it('goes on where it stopped: whole files are only checked, the cut one gets its rest', async () => {
    const folder = createPackFolder()
    const cancelling = watchSource(folder, (file, blob) => {
      if (file.file !== 'head.onnx') return blob.stream()
      const first = blob.slice(0, 1000).stream().getReader()
      return new ReadableStream({
        async pull(stream) {
          const { value, done } = await first.read()
          if (done) controller.abort()
          stream.enqueue(done ? new Uint8Array(1) : value)
        },
      })
    })
    expect(await codeOf(keep(folder, { source: cancelling.source }))).toBe('cancelled')
    expect((await readBack()).current).toBeNull()

    controller = new AbortController()
    const { source, asked } = watchSource(folder, (_, blob) => blob.stream())
    expect(await codeOf(keep(folder, { source }))).toBe('kept')
    expect(asked.slice(0, 2)).toEqual([
      ['head.onnx', 1000],
      [toOrder(folder).files[2].file, 0],
    ])
    expect(asked.map(([file]) => file)).not.toContain('trunk.onnx')
    expect(reports.some(({ step, file }) => step === 'checking' && file === 'trunk.onnx')).toBe(true)
  })

  it('says how far it came when there is no room, and can go on when there is', async () => {
    disk.freeBytes = 20_000
    expect(await codeOf(keep())).toBe('pack-no-room')
    disk.freeBytes = Number.POSITIVE_INFINITY
    expect(await codeOf(keep())).toBe('kept')
  })
})

describe('one file', () => {
  const folder = createPackFolder()
  const file = toOrder(folder).files.find((one) => one.file === 'speech.onnx') as PackFile
  const openTarget = async () => {
    const packs = (await openFolder(openRoot, ['packs'], true))!
    return (await packs.getFileHandle('target', { create: true })) as unknown as {
      createSyncAccessHandle(): Promise<Parameters<typeof keepFile>[0]>
    }
  }
  const run = async (source: Parameters<typeof keepFile>[2]['source'], left = new Uint8Array(0)) => {
    const access = await (await openTarget()).createSyncAccessHandle()
    access.write(left, { at: 0 })
    const kept = await keepFile(access, file, {
      source,
      onProgress: () => undefined,
      signal: controller.signal,
      pausesMs: [1, 1],
    })
    const size = access.getSize()
    access.close()
    return { code: kept.ok ? 'kept' : kept.problem.code, size }
  }
  const breaking = (bytes: number) => (_: PackFile, blob: Blob) => {
    const first = blob.slice(0, bytes).stream().getReader()
    return new ReadableStream({
      async pull(stream) {
        const { value, done } = await first.read()
        if (done) stream.error(new TypeError('network error'))
        else stream.enqueue(value)
      },
    })
  }

  it('is fetched over as many connections as it takes, each beginning behind the last', async () => {
    const { source, asked } = watchSource(folder, breaking(5000))
    expect(await run(source)).toEqual({ code: 'kept', size: file.bytes })
    expect(asked.map(([, from]) => from)).toEqual([0, 5000, 10_000])
  })

  it('is given up after three connections that brought nothing, and keeps what there is', async () => {
    let opened = 0
    const { source, asked } = watchSource(folder, (one, blob) => breaking(opened++ === 0 ? 700 : 0)(one, blob))
    expect(await run(source)).toEqual({ code: 'pack-interrupted', size: 700 })
    expect(asked.map(([, from]) => from)).toEqual([0, 700, 700])
  })

  it('begins anew where what was left is wrong, and where the source cannot begin in the middle', async () => {
    const wrong = watchSource(folder, (_, blob) => blob.stream())
    expect(await run(wrong.source, new Uint8Array(900).fill(7))).toEqual({ code: 'kept', size: file.bytes })
    expect(wrong.asked.map(([, from]) => from)).toEqual([900, 0])
    openRoot = createMemoryRoot()
    const whole = watchSource(folder, (_, blob) => blob.stream())
    const fromStart = {
      ...whole.source,
      open: (one: PackFile, _: number, signal: AbortSignal) => whole.source.open(one, 0, signal),
    }
    expect(await run(fromStart, new Uint8Array(900).fill(7))).toEqual({ code: 'kept', size: file.bytes })
  })

  it('is emptied where its content or length is wrong', async () => {
    const other = watchSource(folder, (_, blob) => new Blob([new Uint8Array(blob.size)]).stream())
    expect(await run(other.source)).toEqual({ code: 'model-corrupt', size: 0 })
    const longer = watchSource(folder, (_, blob) => new Blob([blob, 'more']).stream())
    expect(await run(longer.source)).toEqual({ code: 'model-corrupt', size: 0 })
  })
})
