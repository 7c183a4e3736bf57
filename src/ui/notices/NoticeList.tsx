import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useActions, useApp } from '../appContext.ts'
import { AddingCard } from '../model/AddingCard.tsx'
import { NoticeCard } from './NoticeCard.tsx'
import { groupNotices } from './noticeGroups.ts'
import styles from './notices.module.css'
import { VoiceCard } from './VoiceCard.tsx'

/** More kinds than this at once would hide the image; the others wait behind a button. */
const MOST_SHOWN = 3

/** Notices in the corner, folded by kind, the newest last, below a model that is being added. */
export function NoticeList() {
  const actions = useActions()
  const notices = useApp((state) => state.notices)
  const groups = useMemo(() => groupNotices(notices), [notices])
  const [wantsAll, setWantsAll] = useState(false)
  const isFolded = groups.length > MOST_SHOWN && !wantsAll
  const hiddenCount = isFolded ? groups.length - MOST_SHOWN : 0
  return (
    <section className={styles.list} aria-label="Notices" data-over-image>
      <AddingCard />
      <VoiceCard />
      {groups.length > MOST_SHOWN && (
        <div className={styles.more} role="status">
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={!isFolded}
            data-testid="notices-more"
            onClick={() => setWantsAll(isFolded)}
          >
            {isFolded ? `${hiddenCount} more kinds of notices` : 'Show the last three'}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            data-testid="notices-dismiss-all"
            onClick={() => {
              for (const { id } of notices) actions.dismissNotice(id)
            }}
          >
            Dismiss all
          </Button>
        </div>
      )}
      <div className={styles.cards}>
        {groups.slice(hiddenCount).map((group) => (
          <NoticeCard key={group.code} group={group} />
        ))}
      </div>
    </section>
  )
}
