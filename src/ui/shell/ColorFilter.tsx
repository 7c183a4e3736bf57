import { type ColorMapId, toColorTable } from '../../domain/volume/colorMaps.ts'
import styles from './shell.module.css'

const toValues = (channel: Uint8Array): string => Array.from(channel, (value) => (value / 255).toFixed(4)).join(' ')

/** The filter that colours pictures of slices, as they are drawn and by whichever path: `url(#vx-colors)`. */
export function ColorFilter({ id, isInverted }: { readonly id: ColorMapId; readonly isInverted: boolean }) {
  const [red, green, blue] = toColorTable(id, isInverted).map(toValues)
  return (
    <svg className={styles.colorFilter} aria-hidden="true">
      <filter id="vx-colors" colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR type="table" tableValues={red} />
          <feFuncG type="table" tableValues={green} />
          <feFuncB type="table" tableValues={blue} />
        </feComponentTransfer>
      </filter>
    </svg>
  )
}
