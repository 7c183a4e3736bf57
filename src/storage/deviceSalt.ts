import { sharedDatabase } from './database.ts'

const ROW_NAME = 'salt'
const SALT_BYTES = 16
const SALT_PATTERN = /^[0-9a-f]{32}$/

const makeSalt = (): string =>
  [...crypto.getRandomValues(new Uint8Array(SALT_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * What the ids of studies on this device are salted with, so that they tell nobody else whose they are: 16 random bytes
 * in hexadecimal, kept among the settings. A new one each visit where the browser keeps nothing. Never rejects.
 */
export async function loadDeviceSalt(database = sharedDatabase): Promise<string> {
  const fresh = makeSalt()
  try {
    // In one transaction: of two tabs that open first, both must take the same.
    return await database.transaction('rw', database.settings, async () => {
      const kept = (await database.settings.get(ROW_NAME))?.value
      if (typeof kept === 'string' && SALT_PATTERN.test(kept)) return kept
      await database.settings.put({ name: ROW_NAME, value: fresh })
      return fresh
    })
  } catch {
    return fresh
  }
}
