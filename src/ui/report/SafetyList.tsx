import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import type { Alert } from '../../domain/safety/alert.ts'
import { describeAlert } from '../../domain/safety/alertText.ts'
import { ALERT_BUDGETS } from '../../domain/safety/toAlerts.ts'
import { selectAlerts } from '../../state/reportSelectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { useFindingLabel } from '../text/findingLabel.ts'
import styles from './report.module.css'

/** How many may be offered, as the reader has chosen. */
function Budget() {
  const { setAlertBudget } = useActions()
  const budget = useApp((state) => state.view.alertBudget)
  return (
    <label className={styles.budget}>
      At most
      <select
        className={styles.select}
        data-testid="alert-budget"
        value={budget}
        onChange={(event) => setAlertBudget(Number(event.currentTarget.value))}
      >
        {ALERT_BUDGETS.map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </select>
    </label>
  )
}

/** One thing to answer: what it is, the way there, and what can be made of it. A reason stands with what is rejected. */
function AlertEntry({ alert }: { readonly alert: Alert }) {
  const { answerAlert, showAlert } = useActions()
  const toLabel = useFindingLabel()
  const [reason, setReason] = useState<string | null>(null)
  const text = describeAlert(alert, toLabel)
  if (reason !== null)
    return (
      <li className={styles.alert} data-testid="alert">
        <p className={styles.alertText}>{text}</p>
        <div className={styles.alertButtons}>
          <input
            className={styles.input}
            // biome-ignore lint/a11y/noAutofocus: the reader has just asked for it
            autoFocus
            aria-label="Why it is rejected"
            placeholder="Why (may be empty), then Enter"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setReason(null)
              if (event.key === 'Enter') answerAlert(alert.id, 'rejected', reason)
            }}
          />
        </div>
      </li>
    )
  return (
    <li className={styles.alert} data-testid="alert" data-kind={alert.kind}>
      <p className={styles.alertText}>{text}</p>
      <div className={styles.alertButtons}>
        <Button size="compact-xs" variant="default" onClick={() => showAlert(alert.id)}>
          Show
        </Button>
        {alert.kind === 'unmentioned' && (
          <Button size="compact-xs" onClick={() => answerAlert(alert.id, 'accepted')}>
            Put in
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => setReason('')}>
          Reject …
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => answerAlert(alert.id, 'ignored')}>
          Ignore
        </Button>
      </div>
    </li>
  )
}

/** What the report still asks before it is signed; nothing until it was looked at. */
export function SafetyList() {
  const net = useRead((study) => study.report.net)
  const alerts = useRead(selectAlerts)
  if (!net) return null
  const count = alerts.length === 0 ? 'Nothing to answer' : `${alerts.length} to answer before you sign`
  return (
    <section className={styles.net} aria-label="Check of the report" data-testid="safety-net">
      <div className={styles.netHead}>
        <h3 role="status">{net.phase === 'working' ? 'Looking at the report …' : count}</h3>
        {net.phase === 'working' ? <Loader size="0.75rem" /> : <Budget />}
      </div>
      <ul className={styles.alerts}>
        {alerts.map((alert) => (
          <AlertEntry key={alert.id} alert={alert} />
        ))}
      </ul>
      {net.note && <p className={styles.netNote}>{net.note}</p>}
    </section>
  )
}
