import type { DeviceNews, MicrophoneDevice } from '../microphone/deviceNews.ts'
import type { Microphone } from '../microphone/microphone.ts'
import type { MicrophoneOption } from '../state/appState.ts'
import type { AppStore } from '../state/store.ts'

const toOptions = (devices: readonly MicrophoneDevice[]): MicrophoneOption[] =>
  devices.map(({ id, label }, n) => ({ id, label: label || `Microphone ${n + 1}` }))

/** Keeps the list of microphones as it is, and the microphone listening to the chosen one. */
export function followMicrophones(store: AppStore, microphone: Microphone, news: DeviceNews): void {
  const list = async () => store.patch('microphone', { devices: toOptions(await news.list()) })
  let last = store.get().microphone
  news.onChange(() => void list())
  store.subscribe(() => {
    const next = store.get().microphone
    const former = last
    last = next
    if (next.deviceId !== former.deviceId) void microphone.setDevice(next.deviceId)
    // Only a page that was allowed one is told what they are called.
    const isOpen = ({ status, test }: typeof next) => status === 'listening' || test === 'listening'
    if (isOpen(next) && !isOpen(former)) void list()
  })
  void list()
}
