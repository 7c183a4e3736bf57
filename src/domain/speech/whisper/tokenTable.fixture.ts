/** A table as training writes it. */
export function writeTokenTable(tokens: readonly (readonly number[])[], format = 'voxct-tokens/1'): Uint8Array {
  const header = JSON.stringify({ format, count: tokens.length }).padEnd(64)
  const size = new Uint8Array(new Uint32Array([64]).buffer)
  const lengths = tokens.map((token) => token.length)
  return Uint8Array.from([...size, ...new TextEncoder().encode(header), ...lengths, ...tokens.flat()])
}
