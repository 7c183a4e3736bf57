import { ActionIcon } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useActions, useRead } from '../appContext.ts'
import { CommandButton } from '../parts/CommandButton.tsx'
import { NoticeChoices } from './NoticeChoices.tsx'
import { NoticeDetails } from './NoticeDetails.tsx'
import { type NoticeGroup, toLines } from './noticeGroups.ts'
import styles from './notices.module.css'

/** Information goes by itself; what needs an answer stays. */
const INFO_LASTS_MS = 8000

const ICONS = { error: IconAlertCircle, warning: IconAlertTriangle, info: IconInfoCircle } as const
const SEVERITY_TEXT = { error: 'Error', warning: 'Warning', info: 'Note' } as const

/** Cause and next step of the last notice of a kind; the others, and all files, on request. */
export function NoticeCard({ group }: { readonly group: NoticeGroup }) {
  const actions = useActions()
  const { code, severity, notices } = group
  const { told } = notices[notices.length - 1]
  useEffect(() => {
    if (severity !== 'info') return
    const timer = setTimeout(() => dismissAll(notices, actions), INFO_LASTS_MS)
    return () => clearTimeout(timer)
  }, [actions, notices, severity])
  const isLast = useRead(({ history }) => told.undoes !== undefined && history.undo?.text === told.undoes)
  const Icon = ICONS[severity]
  return (
    <div className={styles.notice} data-testid="notice" data-code={code} data-severity={severity}>
      <Icon className={styles.icon} size="1.125rem" aria-label={SEVERITY_TEXT[severity]} />
      <div className={styles.text}>
        <div role={severity === 'info' ? 'status' : 'alert'}>
          <p className={styles.message}>{told.message}</p>
          <p className={styles.nextStep}>{told.nextStep}</p>
        </div>
        {told.choices && <NoticeChoices notice={notices[notices.length - 1]} />}
        {isLast && (
          <CommandButton command="speak.undo" size="compact-xs" mt={4} data-testid="notice-undo">
            Undo
          </CommandButton>
        )}
        {told.undoes === undefined && toLines(group).length > 0 && <NoticeDetails group={group} />}
      </div>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label="Dismiss"
        data-testid="notice-dismiss"
        onClick={() => dismissAll(notices, actions)}
      >
        <IconX size="0.875rem" />
      </ActionIcon>
    </div>
  )
}

function dismissAll(notices: NoticeGroup['notices'], actions: ReturnType<typeof useActions>): void {
  for (const { id } of notices) actions.dismissNotice(id)
}
