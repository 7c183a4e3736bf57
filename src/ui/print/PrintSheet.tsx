import { Button, Modal } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useActions, useApp, useAppContext, useDialogs, useRead } from '../appContext.ts'
import { Paper, type PrintedImage } from './Paper.tsx'
import styles from './print.module.css'

/** The key images with addresses that live as long as the sheet; null while they are being drawn. */
function usePrintedImages(): readonly PrintedImage[] | null {
  const { drawKeyImages } = useActions()
  const items = useRead((study) => study.keyImages.items)
  const [images, setImages] = useState<readonly PrintedImage[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again when the key images change
  useEffect(() => {
    let isOver = false
    let urls: readonly string[] = []
    void drawKeyImages().then((drawn) => {
      if (isOver) return
      const made = drawn.map(({ png, ...image }) => ({ ...image, url: URL.createObjectURL(png) }))
      urls = made.map(({ url }) => url)
      setImages(made)
    })
    return () => {
      isOver = true
      for (const url of urls) URL.revokeObjectURL(url)
    }
  }, [drawKeyImages, items])
  return images
}

function Preview() {
  const isShown = useApp((state) => state.view.isIdentityShown)
  const hasIdentity = useRead(({ study }) => study?.identity != null)
  const images = usePrintedImages()
  const [isNamed, setNamed] = useState(isShown)
  const [hasImages, setHasImages] = useState(true)
  return (
    <>
      <div className={styles.tools}>
        <Button
          size="sm"
          leftSection={<IconPrinter size="1rem" />}
          loading={images === null}
          data-autofocus
          data-testid="print-now"
          onClick={() => window.print()}
        >
          Print or save as PDF
        </Button>
        <label className={styles.choice}>
          <input
            type="checkbox"
            disabled={!hasIdentity}
            checked={isNamed && hasIdentity}
            data-testid="print-identity"
            onChange={(event) => setNamed(event.currentTarget.checked)}
          />
          Identity of the patient
        </label>
        <label className={styles.choice}>
          <input
            type="checkbox"
            disabled={!images?.length}
            checked={hasImages && Boolean(images?.length)}
            onChange={(event) => setHasImages(event.currentTarget.checked)}
          />
          {`Key images (${images?.length ?? 0})`}
        </label>
      </div>
      <Paper isNamed={isNamed} images={hasImages ? (images ?? []) : []} />
    </>
  )
}

/** The report as it will be printed, and nothing else of the page with it. */
export function PrintSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs(({ open }) => open === 'print')
  const { root, inner, content, header, body } = styles
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      title="Print the report"
      fullScreen
      lockScroll={false}
      classNames={{ root, inner, content, header, body }}
      transitionProps={{ duration: 0 }}
    >
      <Preview />
    </Modal>
  )
}
