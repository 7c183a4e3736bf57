import { ActionIcon, Button, Popover, RangeSlider, Tooltip } from '@mantine/core'
import { IconCrop } from '@tabler/icons-react'
import { useActions, useApp } from '../appContext.ts'
import styles from './solid.module.css'

const AXES = ['Right to left', 'Front to back', 'Feet to head'] as const

/** What of the volume is drawn: a range along each axis of the patient. */
export function SolidCrop() {
  const actions = useActions()
  const crop = useApp((state) => state.view.solid.crop)
  const isCropped = crop.some(([from, to]) => from > 0 || to < 1)
  return (
    <Popover position="bottom-end" shadow="md" withinPortal width="17rem" trapFocus>
      <Popover.Target>
        <Tooltip label="Crop">
          <ActionIcon size="sm" variant={isCropped ? 'filled' : 'default'} aria-label="Crop" data-testid="solid-crop">
            <IconCrop size="0.875rem" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        {AXES.map((label, axis) => (
          <div key={label} className={styles.range}>
            <span>{label}</span>
            <RangeSlider
              size="sm"
              min={0}
              max={100}
              step={5}
              minRange={5}
              label={(value) => `${value} %`}
              thumbFromLabel={`${label}: from`}
              thumbToLabel={`${label}: to`}
              value={[Math.round(crop[axis][0] * 100), Math.round(crop[axis][1] * 100)]}
              onChange={([from, to]) => actions.cropSolid(axis, [from / 100, to / 100])}
            />
          </div>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          disabled={!isCropped}
          onClick={() => actions.cropSolid(null, [0, 1])}
        >
          The whole volume
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
