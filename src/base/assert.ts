/** Stops on a state that the code itself makes impossible. Never for user input: that is a Result. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Impossible state: ${message}`)
}
