import { Commander } from '../commands/commander.ts'
import type { AppStore } from '../state/store.ts'

/** Who understands and runs commands by voice; what came of the last one lies in the state. */
export const createCommander = ({ patch }: AppStore): Commander => new Commander((told) => patch('voice', { told }))
