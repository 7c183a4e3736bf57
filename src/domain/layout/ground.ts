/** What lies behind bars and panels; pictures are on black on either. */
export const GROUNDS = ['dark', 'light', 'system'] as const
export type Ground = (typeof GROUNDS)[number]
