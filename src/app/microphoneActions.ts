import type { MicrophoneActions } from '../commands/microphoneActions.ts'
import type { HearingTestEvents } from '../microphone/hearingTest.ts'
import type { Microphone } from '../microphone/microphone.ts'
import type { AppStore } from '../state/store.ts'
import { hasStudy } from './hasStudy.ts'

/** A microphone that is forgotten in a test does not stay open. */
const TEST_LASTS_MS = 20_000

export interface MicrophoneActionDeps {
  readonly store: AppStore
  readonly microphone: Microphone
  /** Looks whether a voice is heard in a microphone; gives the function that ends it. */
  testHearing(deviceId: string | null, events: HearingTestEvents): () => void
}

/** Sound that is kept belongs to a study; a test keeps none. */
export function createMicrophoneActions(deps: MicrophoneActionDeps): MicrophoneActions {
  const { store, microphone } = deps
  return {
    toggleMicrophone() {
      const { microphone: state, voice } = store.get()
      const isOff = ['off', 'failed'].includes(state.status)
      // Whoever reaches for it while it sleeps wants to be heard.
      if (!isOff && voice.isAsleep) store.patch('voice', { isAsleep: false })
      else if (!isOff) void microphone.stop()
      else if (hasStudy(store)) void microphone.start()
    },
    startTalking() {
      if (!hasStudy(store)) return
      store.patch('voice', { isAsleep: false })
      store.patch('microphone', { pushToTalk: true })
      void microphone.startTalking()
    },
    stopTalking() {
      store.patch('microphone', { pushToTalk: false })
      void microphone.stopTalking()
    },
    ...createTestActions(deps),
  }
}

function createTestActions({ store, testHearing }: MicrophoneActionDeps) {
  let endTest = () => {}
  const end = () => {
    endTest()
    endTest = () => {}
    if (store.get().microphone.test === null) return
    store.patch('microphone', { test: null, fault: null })
    store.readout.setLevel(0)
  }
  const begin = () => {
    store.patch('microphone', { test: 'starting', problem: null, fault: null })
    const stop = testHearing(store.get().microphone.deviceId, {
      onPhase: (test) => store.patch('microphone', { test }),
      onLevel: (level) => store.readout.setLevel(level),
      onFault: (fault) => store.get().microphone.fault !== fault && store.patch('microphone', { fault }),
      onProblem(problem) {
        end()
        store.patch('microphone', { problem })
      },
    })
    const timer = setTimeout(end, TEST_LASTS_MS)
    endTest = () => {
      clearTimeout(timer)
      stop()
    }
  }
  store.subscribe(() => {
    const { test, status } = store.get().microphone
    if (test !== null && !['off', 'failed'].includes(status)) end()
  })
  return {
    chooseMicrophone(deviceId: string | null) {
      const isTesting = store.get().microphone.test !== null
      end()
      store.patch('microphone', { deviceId })
      if (isTesting) begin()
    },
    testMicrophone() {
      end()
      begin()
    },
    endMicrophoneTest: end,
  }
}
