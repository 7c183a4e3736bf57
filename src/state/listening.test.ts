import { expect, it } from 'vitest'
import type { AppState } from './appState.ts'
import { INITIAL_STATE } from './initialState.ts'
import { selectListening } from './listening.ts'

const FAULT = { code: 'microphone-no-sound', message: '', nextStep: '' }

type Part = { readonly microphone?: Partial<AppState['microphone']>; readonly voice?: Partial<AppState['voice']> }

const toListening = ({ microphone, voice }: Part) =>
  selectListening({
    ...INITIAL_STATE,
    microphone: { ...INITIAL_STATE.microphone, ...microphone },
    voice: { ...INITIAL_STATE.voice, ...voice },
  })

it.each<[Part, string]>([
  [{}, 'off'],
  [{ microphone: { status: 'listening' } }, 'listening'],
  [{ microphone: { status: 'speaking' } }, 'hearing'],
  [{ microphone: { status: 'speaking' }, voice: { mode: 'command' } }, 'command'],
  [{ microphone: { status: 'speaking' }, voice: { isAsleep: true } }, 'asleep'],
  [{ microphone: { status: 'speaking' }, voice: { isAsleep: true, isHeld: true } }, 'command'],
  [{ microphone: { status: 'listening' }, voice: { isThinking: true } }, 'thinking'],
  [{ voice: { isThinking: true } }, 'thinking'],
  [{ microphone: { status: 'listening', fault: FAULT } }, 'trouble'],
  [{ microphone: { status: 'waiting' }, voice: { isAsleep: true } }, 'trouble'],
])('%j is %s', (part, listening) => expect(toListening(part)).toBe(listening))
