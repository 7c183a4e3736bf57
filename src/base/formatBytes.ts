const UNITS = ['B', 'kB', 'MB', 'GB'] as const

/** A length in decimal units, three digits: "512 B", "21.0 MB", "1.02 GB". */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const decimals = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(decimals)} ${UNITS[unit]}`
}
