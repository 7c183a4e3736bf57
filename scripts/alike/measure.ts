import { existsSync, readdirSync } from 'node:fs'
import { readWav } from '../hearing/readWav.ts'
import { openTypedPack, print } from '../typed/openTypedPack.ts'
import { type Listed, makeSounds, measureLibrary, measureRandom, measureSounds, measureTyped } from './rates.ts'

/*
 * `npm run measure:alike -- [FOLDER …]`: which queries list cases on the bundled pack. Those that say nothing should list none: everyday
 * sentences, noise, the WAV files (mono, 16 bits, 16 kHz) of each FOLDER; those about findings, and scans like the library's, should.
 */

const pack = await openTypedPack('public/models/phantom-mini')
const wavsOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => readWav(`${folder}/${name}`))

const rows: Listed[] = [
  ...(await measureTyped(pack, 'develop')),
  ...(await measureTyped(pack, 'held-out')),
  await measureSounds(pack, 'made noise, tones, silence', makeSounds(), false),
  await measureSounds(pack, 'spoken findings (fixtures/heard), by sound alone', wavsOf('fixtures/heard'), true),
  await measureLibrary(pack),
  await measureRandom(pack, 100),
]
for (const folder of process.argv.slice(2).filter((path) => existsSync(path)))
  rows.push(await measureSounds(pack, `sounds of ${folder}`, wavsOf(folder), false))
pack.close()

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
print('| queries | N | list cases |\n|---|---|---|')
for (const { name, listed, count } of rows) print(`| ${name} | ${count} | ${listed} (${percent(listed, count)}) |`)
const sum = (own: readonly Listed[], pick: (row: Listed) => number) => own.reduce((all, row) => all + pick(row), 0)
for (const isTrue of [false, true]) {
  const own = rows.filter((row) => row.isTrue === isTrue)
  const [count, listed] = [sum(own, (row) => row.count), sum(own, (row) => row.listed)]
  if (isTrue) print(`True queries refused: ${count - listed} of ${count} (${percent(count - listed, count)})`)
  else print(`Unrelated queries answered: ${listed} of ${count} (${percent(listed, count)})`)
}
