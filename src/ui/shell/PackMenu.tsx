import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconFileDescription, IconPlus } from '@tabler/icons-react'
import { formatBytes } from '../../base/formatBytes.ts'
import type { OfferedPack } from '../../domain/model/keptPack.ts'
import { useActions, useApp } from '../appContext.ts'
import { CommandItem } from '../parts/CommandItem.tsx'
import styles from './topBar.module.css'

function PackItem({ pack: { id, title, line, bytes } }: { readonly pack: OfferedPack }) {
  return (
    <Menu.RadioItem value={id} closeMenuOnClick data-testid={`pack-${id}`}>
      <span className={styles.packTitle}>
        {title}
        {bytes !== undefined && <span className={styles.packBytes}>{formatBytes(bytes)}</span>}
      </span>
      <span className={styles.packLine}>{line}</span>
    </Menu.RadioItem>
  )
}

/** The models to choose from, the bundled ones first, and the way to bring another. */
function PackItems() {
  const actions = useActions()
  const packs = useApp((state) => state.model.packs)
  const packId = useApp((state) => state.model.packId)
  const own = packs.filter(({ kept }) => kept)
  return (
    <Menu.RadioGroup aria-label="Model" value={packId} onChange={(id) => actions.choosePack(id)}>
      <Menu.Label>Model</Menu.Label>
      {packs
        .filter(({ kept }) => !kept)
        .map((pack) => (
          <PackItem key={pack.id} pack={pack} />
        ))}
      {own.length > 0 && <Menu.Label>Yours</Menu.Label>}
      {own.map((pack) => (
        <PackItem key={pack.id} pack={pack} />
      ))}
    </Menu.RadioGroup>
  )
}

/** Chooses the model. */
export function PackMenu() {
  const isKnown = useApp((state) => state.model.packs.length > 0)
  if (!isKnown) return null
  return (
    <Menu position="bottom-end" width="21rem" shadow="md">
      <Menu.Target>
        <UnstyledButton className={styles.packButton} aria-label="Choose the model" data-testid="pack-menu">
          <IconChevronDown size="0.8125rem" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <PackItems />
        <Menu.Divider />
        <CommandItem command="model.add" Icon={IconPlus}>
          Add a model…
        </CommandItem>
        <CommandItem command="model.page" Icon={IconFileDescription} />
      </Menu.Dropdown>
    </Menu>
  )
}
