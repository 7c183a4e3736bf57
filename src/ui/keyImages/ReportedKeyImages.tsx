import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { PlacedImage, PlacedReport } from '../../domain/report/placeReport.ts'
import { useActions } from '../appContext.ts'
import { formatDicomDay } from '../text/formatTime.ts'
import styles from './keyImages.module.css'

const toName = ({ plane, instanceNumber }: PlacedImage): string =>
  `${plane[0].toUpperCase()}${plane.slice(1)} image${instanceNumber === null ? '' : `, instance ${instanceNumber}`}`

/** Images of a key object selection: whose and of when, each to be shown; they cannot be changed. */
export function ReportedKeyImages({ report }: { readonly report: PlacedReport }) {
  const { showReportedImage, closeReport } = useActions()
  const { id, author, date, path, title, description, images, left } = report
  const name = `${title || 'Key images'}${author && ` by ${author}`}`
  return (
    <section aria-label={`Key object selection ${path}`} data-testid="key-object">
      <header className={styles.subhead}>
        <h3 title={path}>{name}</h3>
        <span className={styles.count}>{formatDicomDay(date)}</span>
        <Tooltip label="Close these key images">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Close ${name}`}
            onClick={() => closeReport(id)}
          >
            <IconX size="0.875rem" />
          </ActionIcon>
        </Tooltip>
      </header>
      {description && <p className={styles.description}>{description}</p>}
      <ul className={styles.references}>
        {images.map((image) => (
          <li key={image.id}>
            <UnstyledButton
              className={styles.reference}
              data-testid="key-object-image"
              onClick={() => showReportedImage(image.id)}
            >
              {toName(image)}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {left.map((reason) => (
        <p key={reason} className={styles.note}>
          {reason}
        </p>
      ))}
    </section>
  )
}
