import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBodyScan,
  IconFocusCentered,
  IconListDetails,
  IconMinus,
  IconNotes,
  IconPlus,
  IconQuote,
  IconTargetArrow,
} from '@tabler/icons-react'
import { useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { CommandItem } from '../parts/CommandItem.tsx'
import { CaseFilters } from './CaseFilters.tsx'
import styles from './query.module.css'

/** More to search by, each a command of the table. */
function AddMenu() {
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <Tooltip label="Search besides by …">
          <ActionIcon variant="subtle" color="gray" aria-label="Add to the query" data-testid="query-add">
            <IconPlus size="1rem" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Besides</Menu.Label>
        <CommandItem command="cases.addScan" Icon={IconBodyScan} />
        <CommandItem command="cases.addUtterance" Icon={IconQuote} />
        <CommandItem command="cases.addPlace" Icon={IconFocusCentered} />
        <CommandItem command="cases.with" Icon={IconListDetails} />
        <CommandItem command="cases.without" Icon={IconMinus} />
        <Menu.Label>Instead</Menu.Label>
        <CommandItem command="cases.ofScan" Icon={IconBodyScan} />
        <CommandItem command="cases.ofUtterance" Icon={IconQuote} />
        <CommandItem command="cases.ofDictation" Icon={IconNotes} />
        <CommandItem command="cases.ofPlace" Icon={IconFocusCentered} />
        <CommandItem command="cases.ofFinding" Icon={IconListDetails} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** What can be done to the query. */
export function QueryActions() {
  const isChoosing = useApp(({ view }) => view.tool === 'place')
  return (
    <span className={styles.actions}>
      <CommandIcon command="cases.placeTool" aria-pressed={isChoosing} data-testid="place-tool">
        <IconTargetArrow size="1rem" />
      </CommandIcon>
      <AddMenu />
      <CommandIcon command="cases.undo" data-testid="query-undo">
        <IconArrowBackUp size="1rem" />
      </CommandIcon>
      <CaseFilters />
    </span>
  )
}
