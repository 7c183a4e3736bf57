import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconFileDescription } from '@tabler/icons-react'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { formatMegabytes } from '../text/formatScore.ts'
import styles from './topBar.module.css'

/** Chooses between the bundled models; nothing where there is but one. */
export function PackMenu() {
  const actions = useActions()
  const { dialogs } = useAppContext()
  const packs = useApp((state) => state.model.packs)
  const packId = useApp((state) => state.model.packId)
  if (packs.length < 2) return null
  return (
    <Menu position="bottom-end" width="21rem" shadow="md">
      <Menu.Target>
        <UnstyledButton className={styles.packButton} aria-label="Choose the model" data-testid="pack-menu">
          <IconChevronDown size="0.8125rem" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Model</Menu.Label>
        <Menu.RadioGroup value={packId} onChange={(id) => actions.choosePack(id)}>
          {packs.map(({ id, title, line, bytes }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick data-testid={`pack-${id}`}>
              <span className={styles.packTitle}>
                {title}
                {bytes !== undefined && <span className={styles.packBytes}>{formatMegabytes(bytes)}</span>}
              </span>
              <span className={styles.packLine}>{line}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconFileDescription size="1rem" />} onClick={() => dialogs.show('model')}>
          Model page (I)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
