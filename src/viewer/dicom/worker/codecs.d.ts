/** What is used of Cornerstone's codecs, which come without types. All are built alike by Emscripten. */
declare module '@cornerstonejs/codec-*wasmjs' {
  interface FrameInfo {
    readonly width: number
    readonly height: number
    readonly bitsPerSample: number
    readonly componentCount: number
    readonly isSigned?: boolean
  }

  /** Lives in the codec's own memory until `delete`. */
  interface WasmDecoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getFrameInfo(): FrameInfo
    /** A view of the codec's memory, or a copy. */
    getDecodedBuffer(): Uint8Array | Uint8ClampedArray
    delete(): void
  }

  interface CodecModule {
    readonly J2KDecoder: new () => WasmDecoder
    readonly HTJ2KDecoder: new () => WasmDecoder
    readonly JpegLSDecoder: new () => WasmDecoder
    readonly JPEGDecoder: new () => WasmDecoder
    readonly JpegXLDecoder: new () => WasmDecoder
    /** Text of a C++ exception, which is thrown as a number. */
    getExceptionMessage?(thrown: unknown): string | readonly string[]
  }

  interface CodecOptions {
    readonly wasmBinary: ArrayBuffer
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
  }

  const createCodec: (options: CodecOptions) => Promise<CodecModule>
  export default createCodec
  export type { CodecModule, WasmDecoder }
}
