import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { toKeyTitle } from '../../domain/keyImage/keyImage.ts'
import type { KeyImageItem } from '../../state/keyImagesState.ts'
import { useActions } from '../appContext.ts'
import styles from './keyImages.module.css'

const formatMeasures = (count: number): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? 'measure' : 'measures'}`

const formatWindow = ({ widthHu, centerHu }: KeyImageItem['window']): string =>
  `W ${widthHu.toFixed(0)} L ${centerHu.toFixed(0).replace('-', '−')}`

/** Its picture, which brings the views there; why it is one, which can be typed over; the way out. */
export function KeyImageEntry({ item, number }: { readonly item: KeyImageItem; readonly number: number }) {
  const { showKeyImage, describeKeyImage, removeKeyImage } = useActions()
  const { id, note, slice, thumbnail, window, measureIds } = item
  const title = toKeyTitle(item, slice)
  const instance = slice?.instanceNumber == null ? null : `instance ${slice.instanceNumber}`
  return (
    <li className={styles.entry} data-testid="key-image">
      <Tooltip label={`Show ${title} as it was seen`}>
        <UnstyledButton
          className={styles.thumbnail}
          aria-label={`Show key image ${number}, ${title}`}
          data-testid="key-image-show"
          onClick={() => showKeyImage(id)}
        >
          {thumbnail ? <img src={thumbnail} alt="" /> : <IconPhoto size="1.5rem" />}
        </UnstyledButton>
      </Tooltip>
      <div className={styles.text}>
        <span className={styles.title}>{title}</span>
        <span className={styles.look}>
          {[instance, formatWindow(window), formatMeasures(measureIds.length)].filter(Boolean).join(' · ')}
        </span>
        <input
          key={note}
          className={styles.name}
          aria-label={`Note of key image ${number}`}
          defaultValue={note}
          placeholder="Add a note"
          onBlur={(event) => describeKeyImage(id, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.value = note
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Delete key image ${number}`}
        onClick={() => removeKeyImage(id)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
    </li>
  )
}
