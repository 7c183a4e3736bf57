const POLYNOMIAL = 0xedb88320

/** For bytes by themselves, then each for the same byte one, two and three places further on: four bytes a step. */
const TABLES = [0, 1, 2, 3].map(() => new Uint32Array(256))
for (let n = 0; n < 256; n++) {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1
  TABLES[0][n] = value
}
for (let n = 0; n < 256; n++) {
  for (let step = 1; step < 4; step++) {
    const before = TABLES[step - 1][n]
    TABLES[step][n] = (before >>> 8) ^ TABLES[0][before & 0xff]
  }
}

/** CRC-32 of zip and gzip (ISO 3309); `before` is that of the bytes in front. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [one, two, three, four] = TABLES
  let crc = ~before
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    crc = four[crc & 0xff] ^ three[(crc >>> 8) & 0xff] ^ two[(crc >>> 16) & 0xff] ^ one[crc >>> 24]
  }
  for (; at < bytes.length; at++) crc = one[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8)
  return ~crc >>> 0
}
