import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { Judgement } from './judgeItem.ts'

/**
 * What takes longer hangs. The slowest item takes 3 s on one core of a slow server; a machine with other work needs a
 * multiple of it, and the tally prints what it was.
 */
const LONGEST_MS = 20_000
/** The runtime's own some 200 MB included. */
export const MOST_BYTES = 1024 ** 3

export interface Answer extends Judgement {
  readonly milliseconds: number
  readonly peakBytes: number
}

/** Starting a process loads the app; that is no time of the item's. */
const START_MS = 30_000

/** One process after another, each for as long as it behaves. */
class ItemProcess {
  #child: ChildProcess | null = null

  constructor(private readonly program: string) {}

  async ask<Result extends { peakBytes: number }>(
    message: unknown,
    onFail: (verdict: 'too slow' | 'crashed', reason: string) => Result,
  ): Promise<Result> {
    this.#child ??= await start(this.program)
    const child = this.#child
    const answer = await waitFor<Result>(child, message)
    if (typeof answer !== 'string' && answer.peakBytes <= MOST_BYTES) return answer
    // Its peak stays with a process: the next item needs a new one.
    child.kill('SIGKILL')
    this.#child = null
    if (typeof answer !== 'string') return answer
    return onFail(
      answer === 'timeout' ? 'too slow' : 'crashed',
      answer === 'timeout' ? `over ${LONGEST_MS} ms` : answer,
    )
  }

  end(): void {
    this.#child?.kill('SIGKILL')
  }
}

async function start(program: string): Promise<ChildProcess> {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${program} does not start`)), START_MS)
    child.once('message', () => {
      clearTimeout(timer)
      done()
    })
    child.once('exit', (code) => fail(new Error(`${program} ended with ${code}`)))
  })
  return child
}

function waitFor<Result>(child: ChildProcess, message: unknown): Promise<Result | string> {
  return new Promise((done) => {
    const settle = (answer: Result | string) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      done(answer)
    }
    const onMessage = (answer: unknown) => settle(answer as Result)
    const onExit = (code: number | null, signal: string | null) => settle(`ended with ${code ?? signal}`)
    const timer = setTimeout(() => settle('timeout'), LONGEST_MS)
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.send(message as never)
  })
}

/** Asks a few processes about all of `inputs`, a process a core; what fails is asked once more in a process of its own. */
export async function askAll<Input, Result extends { peakBytes: number }>(
  inputs: readonly Input[],
  options: {
    /** Path of the bundled program. */
    readonly program: string
    readonly onFail: (verdict: 'too slow' | 'crashed', reason: string) => Result
    readonly isFailure: (result: Result) => boolean
    readonly onAnswer: (input: Input, result: Result) => void
  },
): Promise<void> {
  let next = 0
  const askOneByOne = async () => {
    const process = new ItemProcess(options.program)
    while (next < inputs.length) {
      const input = inputs[next++]
      let result = await process.ask(input, options.onFail)
      if (options.isFailure(result)) {
        const alone = new ItemProcess(options.program)
        result = await alone.ask(input, options.onFail)
        alone.end()
      }
      options.onAnswer(input, result)
    }
    process.end()
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, askOneByOne))
}
