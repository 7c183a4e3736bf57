import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconBorderHorizontal, IconLayout, IconLayoutGrid, IconSquare } from '@tabler/icons-react'
import { LAYOUTS } from '../../domain/layout/layouts.ts'
import { CommandItem } from '../parts/CommandItem.tsx'

const ICONS = [IconSquare, IconLayout, IconLayoutGrid, IconBorderHorizontal]

/** How the panes lie. */
export const LayoutMenu = () => (
  <Menu position="bottom-end" shadow="md" width="20rem">
    <Menu.Target>
      <Tooltip label="Layout">
        <ActionIcon variant="subtle" color="gray" aria-label="Layout" data-testid="layout-menu">
          <IconLayoutGrid size="1rem" />
        </ActionIcon>
      </Tooltip>
    </Menu.Target>
    <Menu.Dropdown>
      {LAYOUTS.map(({ layout, title }, index) => (
        <CommandItem key={layout.id} command={`layout.choose:${layout.id}`} Icon={ICONS[index] ?? IconLayout}>
          {title}
        </CommandItem>
      ))}
    </Menu.Dropdown>
  </Menu>
)
