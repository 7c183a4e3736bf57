import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFile, IconFolder, IconFolderOpen, IconLungs } from '@tabler/icons-react'
import { CommandItem } from '../parts/CommandItem.tsx'

/** Files, a folder, or the demo case. */
export function OpenMenu() {
  return (
    <Menu position="bottom-start" width="15rem" shadow="md">
      <Menu.Target>
        <Button
          flex="none"
          size="compact-sm"
          variant="default"
          leftSection={<IconFolderOpen size="0.9375rem" />}
          rightSection={<IconChevronDown size="0.8125rem" />}
        >
          Open
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItem command="studies.files" Icon={IconFile}>
          Files: DICOM, zip, NIfTI
        </CommandItem>
        <CommandItem command="studies.folder" Icon={IconFolder}>
          Folder of DICOM files
        </CommandItem>
        <Menu.Divider />
        <CommandItem command="studies.demo" Icon={IconLungs}>
          Demo case
        </CommandItem>
      </Menu.Dropdown>
    </Menu>
  )
}
