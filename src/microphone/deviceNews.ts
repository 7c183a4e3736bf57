/** A microphone that may be chosen. Its label is empty where the browser does not tell. */
export interface MicrophoneDevice {
  readonly id: string
  readonly label: string
  /** The same for all names of one device. */
  readonly groupId: string
}

/** What the browser tells of its microphones. */
export interface DeviceNews {
  /** None before the page was allowed one. */
  list(): Promise<readonly MicrophoneDevice[]>
  /** Whether the page may open one without asking a person; null: the browser does not tell. */
  isAllowed(): Promise<boolean | null>
  /** A microphone came or went, or the page was allowed or refused one. Gives the function that stops it. */
  onChange(tell: () => void): () => void
}

/** Under these Chrome and Edge list what the system prefers besides; an empty one comes before the permission. */
const ALIASES = new Set(['default', 'communications', ''])

const queryPermission = (): Promise<PermissionStatus | null> =>
  // A name that this browser's `query` does not know makes it throw or reject.
  Promise.resolve()
    .then(() => navigator.permissions.query({ name: 'microphone' as PermissionName }))
    .catch(() => null)

export const browserDeviceNews: DeviceNews = {
  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
    return devices
      .filter(({ kind, deviceId }) => kind === 'audioinput' && !ALIASES.has(deviceId))
      .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, groupId }))
  },
  async isAllowed() {
    const permission = await queryPermission()
    return permission && permission.state === 'granted'
  },
  onChange(tell) {
    const listening = new AbortController()
    const { signal } = listening
    navigator.mediaDevices?.addEventListener('devicechange', tell, { signal })
    void queryPermission().then((permission) => permission?.addEventListener('change', tell, { signal }))
    return () => listening.abort()
  },
}
