import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { readTemplateText, toTemplateText } from '../../domain/dictatedReport/ownTemplate.ts'
import type { TemplateSentence } from '../../domain/dictatedReport/reportTemplates.ts'
import { useActions } from '../appContext.ts'
import styles from './templates.module.css'

interface TemplateEditorProps {
  /** Null: a new one. */
  readonly id: string | null
  readonly name: string
  readonly sentences: readonly TemplateSentence[]
  onClose(): void
}

const FORMAT = 'Titles of sections on lines of their own, under each its sentences, one a line.'

/** Name and sentences of a template; what cannot be its name is told with the reason, and nothing is lost. */
export function TemplateEditor({ id, name, sentences, onClose }: TemplateEditorProps) {
  const { saveTemplate } = useActions()
  const [title, setTitle] = useState(name)
  const [text, setText] = useState(toTemplateText(sentences))
  const [refusal, setRefusal] = useState<string | null>(null)
  const save = () => {
    const reason = saveTemplate(title, readTemplateText(text), id ?? undefined)
    setRefusal(reason)
    if (reason === null) onClose()
  }
  return (
    <form
      className={styles.editor}
      data-testid="template-editor"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        label="Name"
        description="As you will say it: “insert” and the name. Two syllables or more."
        value={title}
        error={refusal}
        data-autofocus
        data-testid="template-name"
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label="Sentences"
        description={FORMAT}
        autosize
        minRows={6}
        maxRows={16}
        value={text}
        data-testid="template-text"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" size="xs" data-testid="template-save">
          Save
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Leave
        </Button>
      </div>
    </form>
  )
}
