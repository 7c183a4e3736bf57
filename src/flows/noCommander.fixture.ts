import type { Commander } from './voiceCommands.ts'

/** Understands nothing. */
export const NO_COMMANDER: Commander = {
  take: () => undefined,
  isCommand: () => false,
  isAnswer: () => false,
  isYesOrNo: () => false,
  fail: () => undefined,
}
