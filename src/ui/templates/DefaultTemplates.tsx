import { REPORT_TEMPLATES, toDefaultTemplate } from '../../domain/dictatedReport/reportTemplates.ts'
import { STUDY_TYPES } from '../../domain/dictatedReport/studyType.ts'
import { selectStudyType } from '../../state/templateSelectors.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './templates.module.css'

/** Which template “insert the default” puts in, by the kind of the study; nothing is put in by itself. */
export function DefaultTemplates() {
  const { bindTemplate } = useActions()
  const { own, bound } = useApp((state) => state.templates)
  const here = useApp((state) => (state.desk.readId === null ? null : selectStudyType(state)))
  const names = [...own, ...REPORT_TEMPLATES].map(({ name }) => name)
  return (
    <section aria-labelledby="default-templates">
      <h3 className={styles.heading} id="default-templates">
        Defaults, put in by “insert the default”
      </h3>
      <ul className={styles.list}>
        {STUDY_TYPES.map(({ id, title }) => (
          <li key={id} className={styles.line}>
            <span className={styles.title}>
              {title}
              {id === here && <span className={styles.note}> (this study)</span>}
            </span>
            <select
              className={styles.select}
              aria-label={`Default template for ${title}`}
              data-testid={`default-${id}`}
              value={bound[id] !== undefined && names.includes(bound[id]) ? bound[id] : ''}
              onChange={(event) => bindTemplate(id, event.currentTarget.value || null)}
            >
              <option value="">{`${toDefaultTemplate(id, {}, REPORT_TEMPLATES).name} (as it comes)`}</option>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  )
}
