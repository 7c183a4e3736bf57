import { existsSync } from 'node:fs'
import { HALVES, readAllClips, toHalf } from '../../src/domain/statements/testing/handWritten.ts'
import { printAnswered } from './answered.ts'
import { openTypedPack } from './openTypedPack.ts'
import { printPrecision } from './precision.ts'
import { printReaders } from './readers.ts'

/*
 * `npm run measure:typed -- [develop] [FOLDER]`: typed sentences on the bundled pack, through the app's own code. Prints how many of
 * the nearest cases have the finding that a sentence names, beside what other queries find; which sentences are answered at
 * all; and what the tower reads in transcripts beside the rules. Of the held-out half of the hand-written sentences unless
 * told otherwise. FOLDER: their clips as of `measure:hearing`, for the spoken query.
 */

const options = process.argv.slice(2)
const half = options.includes('develop') ? 'develop' : 'held-out'
const folder = options.find((option) => existsSync(option)) ?? null
const pack = await openTypedPack('public/models/phantom-mini')
const clips = readAllClips().filter(({ id }) => toHalf(id) === half)
await printPrecision(pack, clips, folder)
await printAnswered(pack, clips, HALVES.indexOf(half))
await printReaders(pack, clips)
pack.close()
