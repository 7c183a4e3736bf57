import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { ORIENTATIONS } from '../../domain/geometry/viewPlane.ts'
import { isPlane } from '../../domain/layout/arrangedLayout.ts'
import type { Pane, StudyRole } from '../../domain/layout/layout.ts'
import { selectIsComparing } from '../../state/selectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { PLANE_NAMES } from '../text/paneName.ts'

const STUDIES = [
  ['current', 'This CT'],
  ['comparison', 'The study beside'],
] as const satisfies readonly (readonly [StudyRole, string])[]

/** What a pane shows, in its corner: the plane and, while two lie on screen, the study. */
export function PaneMenu({ pane, name }: { readonly pane: Pane; readonly name: string }) {
  const actions = useActions()
  const isOwn = useApp(({ view }) => pane.id in view.ownWindows)
  const isComparing = useApp(selectIsComparing)
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={`What the ${name.toLowerCase()} pane shows`}
          data-testid={`pane-menu-${pane.id}`}
        >
          <IconDots size="0.875rem" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Plane</Menu.Label>
        <Menu.RadioGroup
          value={pane.plane}
          onChange={(plane) => isPlane(plane) && actions.changePane(pane.id, { plane })}
        >
          {ORIENTATIONS.map((plane) => (
            <Menu.RadioItem key={plane} value={plane} closeMenuOnClick>
              {PLANE_NAMES[plane]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>Window</Menu.Label>
        <Menu.RadioGroup
          value={isOwn ? 'own' : 'shared'}
          onChange={(value) => value !== (isOwn ? 'own' : 'shared') && actions.toggleOwnWindow(pane.id)}
        >
          <Menu.RadioItem value="shared" closeMenuOnClick>
            Shared by all panes
          </Menu.RadioItem>
          <Menu.RadioItem value="own" closeMenuOnClick>
            Its own
          </Menu.RadioItem>
        </Menu.RadioGroup>
        {isComparing && (
          <>
            <Menu.Label>Study</Menu.Label>
            <Menu.RadioGroup
              value={pane.study}
              onChange={(study) => actions.changePane(pane.id, { study: study === 'comparison' ? study : 'current' })}
            >
              {STUDIES.map(([study, label]) => (
                <Menu.RadioItem key={study} value={study} closeMenuOnClick>
                  {label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
