import { Button } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formatBytes } from '../../base/formatBytes.ts'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { AddingProgress } from './AddingProgress.tsx'
import styles from './packs.module.css'

function AddressForm() {
  const actions = useActions()
  const [address, setAddress] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    actions.addPackAddress(address)
  }
  return (
    <form className={styles.address} onSubmit={add}>
      <label htmlFor="pack-address">Add a model from an address of this site</label>
      <div className={styles.addressLine}>
        <input
          id="pack-address"
          type="text"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          placeholder="models/my-pack/"
          data-testid="pack-address"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={address.trim() === ''} data-testid="add-address">
          Add
        </Button>
      </div>
    </form>
  )
}

function Ways() {
  const { inputs } = useAppContext()
  return (
    <div className={styles.ways}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFolder size="0.9375rem" />}
        data-testid="add-pack-folder"
        onClick={() => inputs.pack.current?.click()}
      >
        Add a model…
      </Button>
      <AddressForm />
    </div>
  )
}

/** What the browser lets this page keep. */
function Room() {
  const room = useApp((state) => state.brought.room)
  if (!room) return null
  const free = Math.max(0, room.quotaBytes - room.usedBytes)
  const kept = room.isPersistent
    ? 'It stays until you remove it.'
    : 'The browser may clear it when the disk is nearly full.'
  return (
    <p className={styles.dim} data-testid="pack-room">
      {`This page keeps ${formatBytes(room.usedBytes)} on this device; there is room for ${formatBytes(free)} more. ${kept}`}
    </p>
  )
}

/** The three ways in: a drop, a folder dialog, an address. */
export function AddPack() {
  const adding = useApp((state) => state.brought.adding)
  return (
    <section className={styles.group} aria-label="Add a model">
      <h4 className={styles.groupTitle}>Bring your own</h4>
      <p className={styles.dim}>
        Drop the folder of a model pack anywhere in the window, or choose it. It is copied into this browser’s own
        storage and checked file by file. The browser may call that an upload: nothing leaves this device.
      </p>
      {adding ? <AddingProgress adding={adding} /> : <Ways />}
      <Room />
    </section>
  )
}
