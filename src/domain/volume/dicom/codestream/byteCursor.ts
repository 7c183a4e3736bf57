import { refuse } from './brokenFrame.ts'

/** Big-endian reads that refuse the frame where its bytes end. `codec` names it in the cause. */
export class ByteCursor {
  constructor(
    readonly bytes: Uint8Array,
    readonly codec: string,
    public at = 0,
    readonly end = bytes.length,
  ) {}

  u8(): number {
    this.#need(1)
    return this.bytes[this.at++]
  }

  u16(): number {
    this.#need(2)
    return (this.bytes[this.at++] << 8) | this.bytes[this.at++]
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }

  skip(count: number): void {
    this.#need(count)
    this.at += count
  }

  #need(count: number): void {
    if (this.at + count > this.end) refuse(`the ${this.codec} stream ends before its end marker`)
  }
}
