/** Two-sided 95 %. */
const Z = 1.959963984540054

/**
 * Variance of an AUROC θ with m and n cases (Hanley and McNeil 1982, with m − 1 and n − 1 replaced by their mean).
 */
function toVariance(theta: number, m: number, n: number): number {
  const others = (m + n) / 2 - 1
  return (theta * (1 - theta) * (1 + others * ((1 - theta) / (2 - theta) + theta / (1 + theta)))) / (m * n)
}

/** Where |observed − θ| = z √V(θ) between the observed value and an end, by bisection. */
function findLimit(observed: number, end: 0 | 1, m: number, n: number): number {
  let near = observed
  let far: number = end
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2
    if (Math.abs(observed - middle) <= Z * Math.sqrt(toVariance(middle, m, n))) near = middle
    else far = middle
  }
  return near
}

/**
 * 95 % interval of an AUROC from few cases, wide also at 0 and 1 (Newcombe 2006, Statistics in Medicine 25:559, method 5).
 * @param m cases with the finding, @param n cases without
 */
export const aurocInterval = (auroc: number, m: number, n: number): readonly [number, number] => [
  findLimit(auroc, 0, m, n),
  findLimit(auroc, 1, m, n),
]
