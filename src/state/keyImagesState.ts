import type { KeyImage, KeySlice } from '../domain/keyImage/keyImage.ts'

/** A key image as the list shows it; its picture lies with the flow. */
export interface KeyImageItem extends Omit<KeyImage, 'picture'> {
  /** Null until the study's volume is there. */
  readonly slice: KeySlice | null
  readonly hasPicture: boolean
}

export interface KeyImagesState {
  /** Oldest first. */
  readonly items: readonly KeyImageItem[]
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
}

export const NO_KEY_IMAGES: KeyImagesState = { items: [], unreadableCount: 0 }
