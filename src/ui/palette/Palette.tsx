import { Kbd, Modal } from '@mantine/core'
import { useState } from 'react'
import type { Entry, SlotValues } from '../../commands/command.ts'
import { runEntry } from '../../commands/runEntry.ts'
import { findEntry } from '../../commands/table.ts'
import { useAppContext, useDialogs } from '../appContext.ts'
import { PalettePicker } from './PalettePicker.tsx'
import styles from './palette.module.css'
import { toCommandRows, toSlotRows } from './paletteRows.ts'

interface SlotStepProps {
  readonly entry: Entry
  onFilled(slots: SlotValues): void
  onBack(): void
}

/** Asks for one open slot after the other. */
function SlotStep({ entry, onFilled, onBack }: SlotStepProps) {
  const { store } = useAppContext()
  const [filled, setFilled] = useState<SlotValues>({})
  const name = entry.open.find((one) => !(one in filled))
  const slot = name === undefined ? undefined : entry.command.slots?.[name]
  if (name === undefined || !slot) return null
  const { range } = slot
  const choose = (value: string) => {
    const next = { ...filled, [name]: range ? Number(value) : value }
    if (entry.open.every((one) => one in next)) onFilled(next)
    else setFilled(next)
  }
  return (
    <PalettePicker
      key={name}
      label={slot.title}
      placeholder={slot.title}
      before={entry.title}
      isGrouped={false}
      toRows={(query) => toSlotRows(slot, store.get(), query)}
      refusal={range && `A whole number from ${range.min} to ${range.max}.`}
      onChoose={choose}
      onBack={onBack}
    />
  )
}

/** The commands, then what the chosen one asks for. */
function PaletteSteps() {
  const { store, dialogs, commands } = useAppContext()
  const choosing = useDialogs((state) => state.choosing)
  const run = (entry: Entry, slots?: SlotValues) => {
    dialogs.show(null)
    runEntry(entry, commands, slots)
  }
  if (choosing !== null) {
    const entry = findEntry(choosing)
    return (
      <SlotStep
        key={choosing}
        entry={entry}
        onFilled={(slots) => run(entry, slots)}
        onBack={() => dialogs.show('palette')}
      />
    )
  }
  return (
    <PalettePicker
      label="Command"
      placeholder="What do you want to do?"
      isGrouped
      toRows={() => toCommandRows(store.get())}
      onChoose={(id) => {
        const entry = findEntry(id)
        if (entry.open.length > 0) dialogs.choose(id)
        else run(entry)
      }}
    />
  )
}

const Hints = () => (
  <div className={styles.hints} aria-hidden>
    <span>
      <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> choose
    </span>
    <span>
      <Kbd size="xs">Enter</Kbd> run
    </span>
    <span>
      <Kbd size="xs">Esc</Kbd> close
    </span>
  </div>
)

/** Every command by its name, over whatever is on screen. */
export function Palette() {
  const { dialogs } = useAppContext()
  const isOpen = useDialogs((state) => state.open === 'palette')
  return (
    <Modal.Root
      opened={isOpen}
      onClose={() => dialogs.show(null)}
      size="40rem"
      yOffset="10vh"
      transitionProps={{ duration: 0 }}
      returnFocus={false}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label="Commands" data-testid="palette" className={styles.sheet}>
        <Modal.Body className={styles.body}>
          <PaletteSteps />
          <Hints />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
