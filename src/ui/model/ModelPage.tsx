import { Modal } from '@mantine/core'
import { type RefObject, useMemo, useRef, useState } from 'react'
import type { FigureGroup } from '../../domain/model/figureGroups.ts'
import { useApp, useAppContext, useDialogs } from '../appContext.ts'
import { isMatch } from '../text/isMatch.ts'
import { AboutSection, LimitsSection, SourcesSection } from './AboutSection.tsx'
import { ComparisonSection } from './ComparisonSection.tsx'
import { EngineSection } from './EngineSection.tsx'
import { FigureSection } from './FigureSection.tsx'
import styles from './model.module.css'
import { type ModelSection, type SectionId, toModelSections } from './modelSections.ts'
import { PackSection } from './PackSection.tsx'
import { goToSection, SectionIndex } from './SectionIndex.tsx'

function SectionBody({ id, query }: { readonly id: SectionId; readonly query: string }) {
  switch (id) {
    case 'about':
      return <AboutSection />
    case 'choice':
      return <PackSection />
    case 'engines':
      return <EngineSection />
    case 'comparison':
      return <ComparisonSection query={query} />
    case 'limits':
      return <LimitsSection />
    case 'sources':
      return <SourcesSection />
    default:
      return <FigureSection group={id satisfies FigureGroup} query={query} />
  }
}

interface SectionsProps {
  readonly sections: readonly ModelSection[]
  readonly query: string
  readonly scroller: RefObject<HTMLElement | null>
  readonly onScroll: () => void
}

function Sections({ sections, query, scroller, onScroll }: SectionsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section ref={scroller} className={styles.content} aria-label="Model card" tabIndex={0} onScroll={onScroll}>
      <p className={styles.disclaimer}>Research and demonstration only. Not for diagnosis.</p>
      {sections.length === 0 && <p className={styles.dim}>Nothing on this page contains “{query}”.</p>}
      {sections.map(({ id, title }) => (
        <section key={id} data-section={id}>
          <h3 className={styles.heading} tabIndex={-1}>
            {title}
          </h3>
          <SectionBody id={id} query={query} />
        </section>
      ))}
    </section>
  )
}

/** A heading this near the top counts as the one being read. */
const READ_PX = 120

/** The last section that begins above where one reads; at the end of the page the last of all. */
function findSection(scroller: HTMLElement | null): SectionId | null {
  if (!scroller) return null
  const sections = [...scroller.querySelectorAll<HTMLElement>('[data-section]')]
  const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2
  const top = scroller.getBoundingClientRect().top + READ_PX
  const read = isAtEnd ? sections.at(-1) : sections.findLast((one) => one.getBoundingClientRect().top <= top)
  return (read?.dataset.section as SectionId | undefined) ?? null
}

/** The model card: what it is, how good it was measured to be, what it cannot do, and where it runs. */
export function ModelPage() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'model')
  const part = useDialogs((state) => state.part)
  const model = useApp((state) => state.model)
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState<SectionId | null>(null)
  const scroller = useRef<HTMLElement>(null)
  const sections = useMemo(() => toModelSections(model).filter(({ text }) => isMatch(text, query)), [model, query])
  const title = [model.packTitle ?? 'Model', model.packVersion].filter(Boolean).join(' ')
  return (
    <Modal
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      title={title}
      size="min(74rem, calc(100vw - 4rem))"
      centered
      onEnterTransitionEnd={() => part === 'choice' && goToSection(scroller.current, part)}
      classNames={{ content: styles.modal, body: styles.modalBody }}
    >
      <div className={styles.page} data-testid="model-page">
        <SectionIndex
          sections={sections}
          current={current ?? sections[0]?.id ?? null}
          query={query}
          onQuery={setQuery}
          scroller={scroller}
        />
        <Sections
          sections={sections}
          query={query}
          scroller={scroller}
          onScroll={() => setCurrent(findSection(scroller.current))}
        />
      </div>
    </Modal>
  )
}
