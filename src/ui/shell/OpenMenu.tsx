import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconFile, IconFolder, IconFolderOpen, IconLungs } from '@tabler/icons-react'
import { useActions, useAppContext } from '../appContext.ts'

/** Files, a folder, or the demo case. */
export function OpenMenu() {
  const actions = useActions()
  const { inputs } = useAppContext()
  return (
    <Menu position="bottom-start" width="15rem" shadow="md">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFolderOpen size="0.9375rem" />}
          rightSection={<IconChevronDown size="0.8125rem" />}
        >
          Open
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFile size="1rem" />} onClick={() => inputs.files.current?.click()}>
          Files: DICOM, zip, NIfTI
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size="1rem" />} onClick={() => inputs.folder.current?.click()}>
          Folder of DICOM files
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLungs size="1rem" />} onClick={() => actions.openDemo()}>
          Demo case
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
