/** A probability 0…1 in whole per cent; the ends say "less than 1" and "more than 99", never a false certainty. */
export function formatProbability(probability: number | null): string {
  if (probability === null) return '–'
  if (probability < 0.01) return '<1%'
  if (probability > 0.99) return '>99%'
  return `${Math.round(probability * 100)}%`
}

export const formatCosine = (cosine: number): string => cosine.toFixed(3).replace('-', '−')

const WEIGHT_TEXT: Readonly<Record<number, string>> = { 0.25: '×¼', 0.5: '×½' }

/** How much a part of a query counts: "×½", "×2". */
export const formatWeight = (weight: number): string => WEIGHT_TEXT[weight] ?? `×${weight}`

/** A measured figure: three decimals for a share or a cosine, three significant digits for larger numbers. */
export const formatFigure = (value: number): string =>
  (Math.abs(value) <= 1 ? value.toFixed(3) : String(Number(value.toPrecision(3)))).replace('-', '−')

/** "0.912–0.947": lowest and highest of a figure, a dash where these are not known. */
export const formatSpan = (span: readonly [number, number] | undefined): string =>
  span ? `${formatFigure(span[0])}–${formatFigure(span[1])}` : '–'

/** 0…1 of work done, or nothing where the length is unknown. */
export const formatFraction = (fraction: number | null): string =>
  fraction === null ? '' : `${Math.floor(fraction * 100)}%`
