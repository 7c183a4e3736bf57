const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Equal in all that they hold, whatever the order of their fields; one that is undefined is as none. For data: numbers, strings, lists, records. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  const of = (value: object, name: string): unknown => (value as Record<string, unknown>)[name]
  return [...names].every((name) => isSame(of(a, name), of(b, name)))
}
