import { expect, it } from 'vitest'
import { collectFiles, type FileEntryLike, splitAudio } from './collectFiles.ts'

const fileEntry = (name: string): FileEntryLike => ({
  isFile: true,
  isDirectory: false,
  fullPath: `/${name}`,
  file: (resolve) => resolve(new File([name], name)),
})

const lockedEntry = (name: string): FileEntryLike => ({
  ...fileEntry(name),
  file: (_, reject) => reject(new Error('not allowed')),
})

/** A folder that hands out its children in batches, as Chromium does. */
function folderEntry(name: string, children: FileEntryLike[], batchSize = 100): FileEntryLike {
  return {
    isFile: false,
    isDirectory: true,
    fullPath: `/${name}`,
    createReader: () => {
      let next = 0
      return {
        readEntries: (resolve) => {
          resolve(children.slice(next, next + batchSize))
          next += batchSize
        },
      }
    },
  }
}

it('collects files of nested folders', async () => {
  const tree = folderEntry('study', [fileEntry('a'), folderEntry('series', [fileEntry('b'), fileEntry('c')])])
  const { files } = await collectFiles([tree, fileEntry('d')])
  expect(files.map(({ file }) => file.name)).toEqual(['a', 'b', 'c', 'd'])
})

it('reads a folder of more than one batch to its end', async () => {
  const slices = Array.from({ length: 301 }, (_, n) => fileEntry(`IM${n}`))
  const { files } = await collectFiles([folderEntry('series', slices, 100)])
  expect(files).toHaveLength(301)
  expect(files.at(-1)?.file.name).toBe('IM300')
})

it('names what cannot be read and keeps the rest', async () => {
  const { files, unreadable } = await collectFiles([folderEntry('s', [lockedEntry('x'), fileEntry('y')])])
  expect(files.map(({ file }) => file.name)).toEqual(['y'])
  expect(unreadable).toEqual(['/x'])
})

it('tells recordings from scans by type or by name', () => {
  const files = [
    new File([], 'scan.nii.gz'),
    new File([], 'take.WAV'),
    new File([], 'no-name', { type: 'audio/webm' }),
    new File([], 'IM0001'),
    new File([], 'recorder.webm', { type: 'video/webm' }),
    new File([], 'phone.mp4', { type: 'video/mp4' }),
    new File([], 'phone.MP4'),
    new File([], 'memo', { type: 'video/webm;codecs=opus' }),
  ]
  const { audio, scans } = splitAudio(files)
  expect(audio.map((file) => file.name)).toEqual([
    'take.WAV',
    'no-name',
    'recorder.webm',
    'phone.mp4',
    'phone.MP4',
    'memo',
  ])
  expect(scans.map((file) => file.name)).toEqual(['scan.nii.gz', 'IM0001'])
})
