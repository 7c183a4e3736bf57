/** Where tensor indices lie among the source's along one axis. */
export interface AxisPlacement {
  /** Source index (continuous, in the turned direction where `flipped`) of tensor index 0, and its increase a tensor index. */
  readonly sourceOfZero: number
  readonly sourceStep: number
}
