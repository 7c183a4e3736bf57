import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { KeptElsewhere } from '../../state/appState.ts'
import { useActions, useRead } from '../appContext.ts'
import styles from './dictation.module.css'

const count = (n: number): string => `${n} ${n === 1 ? 'utterance' : 'utterances'}`

const OFFER_TEXT: Record<KeptElsewhere['reason'], (n: number) => string> = {
  '0.3.0': (n) => `VoxCT 0.3.0 kept ${count(n)} under this file’s name. They may be of another scan of that name.`,
  'other-content': (n) => `${count(n)} were dictated on a scan with the same IDs but other images.`,
}

function Note({ testId, children }: { readonly testId: string; readonly children: ReactNode }) {
  return (
    <div className={styles.note} data-testid={testId}>
      <IconInfoCircle size="0.9375rem" />
      {children}
    </div>
  )
}

/** Utterances that may belong to this study: the person knows, the app does not. */
function Offer({ offer }: { readonly offer: KeptElsewhere }) {
  const actions = useActions()
  return (
    <Note testId={`offer-${offer.reason}`}>
      <span>{OFFER_TEXT[offer.reason](offer.count)}</span>
      <Button size="compact-xs" variant="default" onClick={() => actions.adoptOffer(offer.storedUnder)}>
        They are of this scan
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => actions.declineOffer(offer.storedUnder)}>
        Not now
      </Button>
    </Note>
  )
}

/** What a person should know about the dictation of this study. */
export function DictationNotes() {
  const offers = useRead((study) => study.dictation.offers)
  const unreadable = useRead((study) => study.dictation.unreadableCount)
  const isElsewhere = useRead((study) => study.dictation.isElsewhere)
  return (
    <>
      {isElsewhere && (
        <p className={styles.problem} data-testid="study-elsewhere">
          <IconAlertTriangle size="0.9375rem" /> This study is open in another tab too. What is said in either is kept;
          what was added there comes here once it is closed there.
        </p>
      )}
      {offers.map((offer) => (
        <Offer key={offer.storedUnder} offer={offer} />
      ))}
      {unreadable > 0 && (
        <Note testId="unreadable-utterances">
          <span>{`${count(unreadable)} of this study cannot be read by this version of VoxCT. They are kept as they are.`}</span>
        </Note>
      )}
    </>
  )
}
