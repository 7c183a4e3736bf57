import { expect, it } from 'vitest'
import { toSiteFolder } from './siteFolder.ts'

const SITE = 'https://hospital.example/voxct/'

it.each([
  ['models/ct-clip', 'https://hospital.example/voxct/models/ct-clip/'],
  [' /packs/ct-clip/manifest.json ', 'https://hospital.example/packs/ct-clip/'],
  ['https://hospital.example/a/?version=2#top', 'https://hospital.example/a/'],
])('takes %s for %s', (address, url) => {
  expect(toSiteFolder(address, SITE)).toEqual({ ok: true, value: url })
})

it.each([
  ['', 'pack-address-invalid'],
  ['https://', 'pack-address-invalid'],
  ['https://other.example/ct-clip/', 'pack-other-site'],
  ['http://hospital.example/ct-clip/', 'pack-other-site'],
  ['file:///home/ct-clip/', 'pack-other-site'],
])('refuses %j as %s', (address, code) => {
  const result = toSiteFolder(address, SITE)
  expect(result.ok ? 'accepted' : result.problem.code).toBe(code)
})
