/** Containers that a browser may write, best first: what else plays them decides. */
const TYPES = [
  { mimeType: 'video/mp4;codecs=avc1.640028', extension: 'mp4' },
  { mimeType: 'video/mp4', extension: 'mp4' },
  { mimeType: 'video/webm;codecs=vp9', extension: 'webm' },
  { mimeType: 'video/webm', extension: 'webm' },
] as const

export type VideoFormat = (typeof TYPES)[number]

/** The first that `isSupported` takes; null where the browser writes none. */
export const chooseVideoFormat = (isSupported: (mimeType: string) => boolean): VideoFormat | null =>
  TYPES.find(({ mimeType }) => isSupported(mimeType)) ?? null

/**
 * Bits a second for a picture of so many pixels: .2 a pixel and frame, some twice what H.264 takes for moving scenes, since noise
 * and fine vessels are what a reader looks at; 1 to 24 Mbit.
 */
export const toBitsPerSecond = (width: number, height: number, framesPerSecond: number): number =>
  Math.min(24e6, Math.max(1e6, Math.round(0.2 * width * height * framesPerSecond)))
