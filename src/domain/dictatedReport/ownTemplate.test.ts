import { expect, it } from 'vitest'
import { readTemplateFile, readTemplateText, refuseSpokenName, toTemplateFile, toTemplateText } from './ownTemplate.ts'
import { NORMAL_CHEST, REPORT_TEMPLATES, toDefaultTemplate } from './reportTemplates.ts'

it('a text of a template is read as it was written', () => {
  for (const { sentences } of REPORT_TEMPLATES) expect(readTemplateText(toTemplateText(sentences))).toEqual(sentences)
  expect(readTemplateText('No rib fracture.\nPLEURA:\nNo effusion.\n\nImpression\n  Normal.  ')).toEqual([
    { section: 'chest-wall', text: 'No rib fracture.' },
    { section: 'pleura', text: 'No effusion.' },
    { section: 'impression', text: 'Normal.' },
  ])
  expect(readTemplateText(' \n\nImpression\n')).toEqual([])
})

it('a file of templates is read again, and one that is none is told with what is wrong in it', () => {
  const file = JSON.stringify(toTemplateFile(REPORT_TEMPLATES))
  expect(readTemplateFile('a.json', file)).toEqual({ ok: true, value: REPORT_TEMPLATES })
  const refuse = (content: unknown) => {
    const read = readTemplateFile('a.json', typeof content === 'string' ? content : JSON.stringify(content))
    return read.ok ? null : read.problem.message
  }
  expect(refuse('{')).toMatch(/^a\.json holds no templates/)
  const base = { format: 'voxct-templates', version: 1 }
  expect(refuse({ ...base, templates: [] })).toMatch(/templates/)
  expect(refuse({ ...base, templates: [{ name: 'A b', sentences: [{ section: 'brain', text: 'x' }] }] })).toMatch(
    /templates\.0\.sentences\.0\.section/,
  )
  expect(refuse({ ...base, version: 2, templates: [NORMAL_CHEST] })).toMatch(/version/)
})

it.each([
  ['', /needs a name/],
  ['Lung', /one syllable/],
  ['Base', /one syllable/],
  ['Chest 2', /only letters/],
  ['a'.repeat(41), /longer/],
  ['normal  CHEST', /already/],
])('refuses the name “%s”', (name, reason) => {
  expect(refuseSpokenName(name, ['Normal chest'])).toMatch(reason)
})

it.each(['Trauma', 'Clear lungs', 'Table', 'CTPA', 'follow-up'])('takes the name “%s”', (name) => {
  expect(refuseSpokenName(name, ['Normal chest'])).toBeNull()
})

it('the default of a kind of study is what the reader bound to it as long as that is there', () => {
  const own = { name: 'Trauma', sentences: [{ section: 'lungs', text: 'No contusion.' }] } as const
  const all = [...REPORT_TEMPLATES, own]
  expect(toDefaultTemplate('contrast', {}, all).name).toBe('Normal chest')
  expect(toDefaultTemplate('angiography', {}, all).name).toBe('Normal pulmonary angiogram')
  expect(toDefaultTemplate('screening', {}, all).name).toBe('Normal screening')
  expect(toDefaultTemplate('angiography', { angiography: 'Trauma' }, all).name).toBe('Trauma')
  expect(toDefaultTemplate('angiography', { angiography: 'Trauma' }, REPORT_TEMPLATES).name).toBe(
    'Normal pulmonary angiogram',
  )
})
