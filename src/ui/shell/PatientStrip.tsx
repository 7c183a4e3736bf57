import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useApp, useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { formatSize, formatSpacingMm } from '../text/formatCt.ts'
import { formatPatient, formatSeries } from '../text/formatIdentity.ts'
import styles from './topBar.module.css'

/**
 * Whose scan it is: name or ID, sex, age, date, series. The last thing to be dropped in a narrow window, because a
 * reader who mixes up two patients harms one of them. What a phantom or a NIfTI does not tell stays away.
 */
export function PatientStrip() {
  const study = useRead((read) => read.study)
  const isShown = useApp((state) => state.view.isIdentityShown)
  if (!study) return <div className={styles.summary} />
  const details = `${formatSize(study.size)} · ${formatSpacingMm(study.spacingMm)}`
  const patient = isShown ? formatPatient(study.identity) : null
  const series = formatSeries(study, isShown)
  const title = [patient, series, study.origin, details].filter(Boolean).join('\n')
  return (
    <div className={styles.patient} data-testid="patient-strip" data-study-id={study.id}>
      <div className={styles.summary} title={title}>
        {patient && (
          <span className={styles.patientName} data-testid="patient-name">
            {patient}
          </span>
        )}
        <span className={patient ? styles.studyDetails : styles.studyTitle} data-testid="study-title">
          {series}
        </span>
        {!patient && <span className={styles.studyDetails}>{details}</span>}
      </div>
      {study.identity && (
        <CommandIcon command="identity.toggle" size="sm" aria-pressed={!isShown} data-testid="identity-button">
          {isShown ? <IconEye size="0.875rem" /> : <IconEyeOff size="0.875rem" />}
        </CommandIcon>
      )}
    </div>
  )
}
