import type { AppStore } from '../state/store.ts'

/** Below this width in CSS pixels, which a window of 1920 has at a zoom of 151 % and more, panels beside the views cut one another off. */
const NARROW = '(max-width: 1279.98px)'

/** Panels lie beside the views where the window has room for them, and come as drawers where it has not. */
export function followWidth(store: AppStore): void {
  const query = matchMedia(NARROW)
  if (query.matches) store.view.setNarrow(true)
  query.addEventListener('change', ({ matches }) => store.view.setNarrow(matches))
}
