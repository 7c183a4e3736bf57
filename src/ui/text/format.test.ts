import { expect, it } from 'vitest'
import {
  formatHu,
  formatPositionMm,
  formatSize,
  formatSlicePositionMm,
  formatSpacingMm,
  formatWindow,
} from './formatCt.ts'
import { formatCosine, formatFigure, formatFraction, formatProbability, formatSpan } from './formatScore.ts'
import { formatClock, formatDuration, formatMoment, formatRemaining } from './formatTime.ts'
import { providerText } from './providerText.ts'

it('names the side of the patient instead of writing a sign', () => {
  expect(formatPositionMm([-42.25, 18.94, 1204.4])).toBe('R 42.3 · P 18.9 · S 1204.4')
  expect(formatPositionMm([3, -7.5, -80])).toBe('L 3.0 · A 7.5 · I 80.0')
})

it('gives the coordinate that a view scrolls along', () => {
  expect(formatSlicePositionMm('axial', [-1, 2, -3])).toBe('I 3.0')
  expect(formatSlicePositionMm('coronal', [-1, 2, -3])).toBe('P 2.0')
  expect(formatSlicePositionMm('sagittal', [-1, 2, -3])).toBe('R 1.0')
})

it('writes Hounsfield units with a true minus and a dash outside of the scan', () => {
  expect(formatHu(-842.4)).toBe('−842 HU')
  expect(formatHu(0)).toBe('0 HU')
  expect(formatHu(null)).toBe('–')
})

it('writes window, size and spacing without idle zeros', () => {
  expect(formatWindow(1500, -600)).toBe('W 1500 L −600')
  expect(formatSize([512, 512, 301])).toBe('512 × 512 × 301')
  expect(formatSpacingMm([0.703125, 0.703125, 1.25])).toBe('0.7 × 0.7 × 1.25 mm')
})

it('claims no certainty at either end of a probability', () => {
  expect([0, 0.0099, 0.01, 0.505, 0.99, 0.991, 1].map(formatProbability)).toEqual([
    '<1%',
    '<1%',
    '1%',
    '51%',
    '99%',
    '>99%',
    '>99%',
  ])
  expect(formatProbability(null)).toBe('–')
})

it('writes cosines and figures to three decimals, larger figures to three digits', () => {
  expect(formatCosine(-0.0184)).toBe('−0.018')
  expect(formatFigure(0.42)).toBe('0.420')
  expect(formatFigure(48.27)).toBe('48.3')
  expect(formatFigure(1834)).toBe('1830')
})

it('writes the interval of a figure where there is one', () => {
  expect(formatSpan([0.9121, 0.9472])).toBe('0.912–0.947')
  expect(formatSpan(undefined)).toBe('–')
})

it('never says that work is complete before it is', () => {
  expect(formatFraction(0.999)).toBe('99%')
  expect(formatFraction(null)).toBe('')
})

it('writes clock times and durations', () => {
  expect([0, 7400, 760_000].map(formatClock)).toEqual(['0:00', '0:07', '12:40'])
  expect([412.4, 1834, 125_000].map(formatDuration)).toEqual(['412 ms', '1.8 s', '2 min 5 s'])
})

it('estimates what is left no finer than it can', () => {
  expect([1200, 7400, 27_100, 89_000, 200_000].map(formatRemaining)).toEqual([
    'a few seconds left',
    'about 5 s left',
    'about 25 s left',
    'about 90 s left',
    'about 3 min left',
  ])
  expect([null, undefined].map(formatRemaining)).toEqual(['', ''])
})

it('writes when something was', () => {
  expect(formatMoment(new Date(2026, 10, 22, 14, 5).getTime())).toBe('22 Nov 2026, 14:05')
})

it('names the provider, and the threads of wasm alone', () => {
  expect(providerText({ ctProvider: 'wasm', providerNote: '2 threads · no GPU' })).toBe('wasm · 2 threads')
  expect(providerText({ ctProvider: 'webgpu', providerNote: 'nvidia hopper · chosen' })).toBe('WebGPU')
  expect(providerText({ ctProvider: null, providerNote: '' })).toBe('')
})
