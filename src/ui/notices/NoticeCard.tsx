import { ActionIcon } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Notice } from '../../state/appState.ts'
import { useActions } from '../appContext.ts'
import styles from './notices.module.css'

/** Information goes by itself; what needs an answer stays. */
const INFO_LASTS_MS = 8000

const ICONS = { error: IconAlertCircle, warning: IconAlertTriangle, info: IconInfoCircle } as const
const SEVERITY_TEXT = { error: 'Error', warning: 'Warning', info: 'Note' } as const

/** Cause and next step. */
export function NoticeCard({ notice }: { readonly notice: Notice }) {
  const actions = useActions()
  const { id, severity, told } = notice
  useEffect(() => {
    if (severity !== 'info') return
    const timer = setTimeout(() => actions.dismissNotice(id), INFO_LASTS_MS)
    return () => clearTimeout(timer)
  }, [actions, id, severity])
  const Icon = ICONS[severity]
  return (
    <div
      className={styles.notice}
      role={severity === 'info' ? 'status' : 'alert'}
      data-testid="notice"
      data-code={told.code}
      data-severity={severity}
    >
      <Icon className={styles.icon} size="1.125rem" aria-label={SEVERITY_TEXT[severity]} />
      <div className={styles.text}>
        <p className={styles.message}>{told.message}</p>
        <p className={styles.nextStep}>{told.nextStep}</p>
      </div>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label="Dismiss"
        data-testid="notice-dismiss"
        onClick={() => actions.dismissNotice(id)}
      >
        <IconX size="0.875rem" />
      </ActionIcon>
    </div>
  )
}
