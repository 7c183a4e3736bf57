import { expect, test } from 'vitest'
import { scanForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'

const hex = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Names of PS3.5 Annexes H, I and of ISO 8859-5. */
test.each([
  ['\\ISO 2022 IR 87', '1b24423b3345441b2842205e1b244242404f3a1b2842'.replace('205e', '5e'), '山田^太郎'],
  ['ISO 2022 IR 13\\ISO 2022 IR 87', 'd4cfc0de5e1b244242404f3a1b284a', 'ﾔﾏﾀﾞ^太郎'],
  ['ISO 2022 IR 13', 'd4cfc0de5ec0dbb3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
  ['\\ISO 2022 IR 149', '1b242943c8ab5e1b242943b1e6b5bf', '홍^길동'],
  ['\\ISO 2022 IR 149', '486f6e673d1b242943fbf35e1b242943d1ced4d7', 'Hong=洪^吉洞'],
  ['ISO_IR 144', 'bbeeda6365dcd17970d3', 'Люкceмбypг'],
  ['ISO 2022 IR 144', 'bbeeda6365dcd17970d3', 'Люкceмбypг'],
  ['ISO 2022 IR 100\\ISO 2022 IR 144', 'c4203a201b2d4cbbeeda', 'Ä : Люк'],
  ['\\ISO 2022 IR 58', '1b242941cdf51b242941d0a1b6ab', '王小东'],
  ['\\ISO 2022 IR 6\\ISO 2022 IR 126', '1b2d46c4e9ef', 'Διο'],
])('%s: a description is read as it was written', async (sets, digits, text) => {
  const elements = { '00080005': ['CS', sets], '0008103e': ['LO', hex(digits)] } as const
  const { series } = await scanForTest([toFile('named.dcm', writeSyntheticSlice({ elements }))])
  expect(series[0].summary.title).toBe(text)
})
