import { ActionIcon, Button, FileButton, Modal } from '@mantine/core'
import { IconArrowBackUp, IconPencil, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { OwnTemplate } from '../../domain/dictatedReport/ownTemplate.ts'
import type { ReportTemplate } from '../../domain/dictatedReport/reportTemplates.ts'
import { REPORT_TEMPLATES } from '../../domain/dictatedReport/reportTemplates.ts'
import { selectReport } from '../../state/reportSelectors.ts'
import { useActions, useApp, useAppContext, useDialogs, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { DefaultTemplates } from './DefaultTemplates.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import styles from './templates.module.css'

const countSentences = ({ sentences }: ReportTemplate): string =>
  `${sentences.length} ${sentences.length === 1 ? 'sentence' : 'sentences'}`

function OwnLine({ template, onEdit }: { readonly template: OwnTemplate; readonly onEdit: () => void }) {
  const { removeTemplate } = useActions()
  const { id, name } = template
  return (
    <li className={styles.line} data-testid="own-template">
      <span className={styles.title}>
        {name} <span className={styles.note}>{countSentences(template)}</span>
      </span>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Change ${name}`} onClick={onEdit}>
        <IconPencil size="0.875rem" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Delete ${name}`}
        onClick={() => removeTemplate(id)}
      >
        <IconTrash size="0.875rem" />
      </ActionIcon>
    </li>
  )
}

function Foot() {
  const { exportTemplates, importTemplates } = useActions()
  const { undo, own } = useApp((state) => state.templates)
  return (
    <div className={styles.foot}>
      <FileButton accept="application/json" onChange={(file) => file && importTemplates(file)}>
        {(props) => (
          <Button {...props} size="xs" variant="default" data-testid="import-templates">
            Import
          </Button>
        )}
      </FileButton>
      <Button
        size="xs"
        variant="default"
        disabled={own.length === 0}
        data-testid="export-templates"
        onClick={exportTemplates}
      >
        Export
      </Button>
      <span className={styles.title} />
      {undo !== null && (
        <>
          <span className={styles.note} role="status">
            {undo}
          </span>
          <CommandButton
            command="report.undoTemplates"
            size="compact-xs"
            leftSection={<IconArrowBackUp size="0.875rem" />}
            data-testid="undo-templates"
          >
            Undo
          </CommandButton>
        </>
      )}
    </div>
  )
}

/** What is being written: a new one of the report as it stands, or a change of one that is there; null: nothing. */
type Edited = { readonly id: string | null; readonly template: ReportTemplate } | null

function Templates() {
  const { own, unreadableCount } = useApp((state) => state.templates)
  const part = useDialogs((state) => state.part)
  const report = useRead(selectReport)
  const toNew = (): Edited => ({
    id: null,
    template: { name: '', sentences: report.map(({ section, text }) => ({ section, text })) },
  })
  const [edited, setEdited] = useState<Edited>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the report as it is when the sheet opens for a new one
  useEffect(() => {
    if (part === 'new') setEdited(toNew())
  }, [part])
  if (edited) {
    const { id, template } = edited
    return <TemplateEditor key={id} id={id} {...template} onClose={() => setEdited(null)} />
  }
  return (
    <>
      <p className={styles.note}>
        A template fills what nothing was said of, and gives way to what is said. It is put in by “insert” and its name,
        from the report or from the palette. Yours are kept in this browser.
      </p>
      <ul className={styles.list} aria-label="Templates of yours">
        {own.map((template) => (
          <OwnLine key={template.id} template={template} onEdit={() => setEdited({ id: template.id, template })} />
        ))}
        {REPORT_TEMPLATES.map((template) => (
          <li key={template.name} className={styles.line}>
            <span className={styles.title}>
              {template.name} <span className={styles.note}>{countSentences(template)}, comes with VoxCT</span>
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Make a template of yours out of ${template.name}`}
              onClick={() => setEdited({ id: null, template: { ...template, name: '' } })}
            >
              Copy
            </Button>
          </li>
        ))}
      </ul>
      {unreadableCount > 0 && (
        <p className={styles.note}>{unreadableCount} of another version of VoxCT, kept as they are.</p>
      )}
      <Button size="xs" variant="default" data-testid="new-template" onClick={() => setEdited(toNew())}>
        {report.length > 0 ? 'Save the report as a template' : 'New template'}
      </Button>
      <DefaultTemplates />
      <Foot />
    </>
  )
}

/** Templates of reports: the reader's own are saved, changed, deleted, exported and imported, and bound to kinds of studies. */
export function TemplatesSheet() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'templates')
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      title="Templates of reports"
      size="40rem"
      data-testid="templates-sheet"
    >
      <Templates />
    </Modal>
  )
}
