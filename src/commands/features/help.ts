import { always, type Command } from '../command.ts'

export const commands: readonly Command[] = [
  {
    id: 'help.sheet',
    title: 'Keys and how to',
    group: 'Help and keys',
    keys: ['?'],
    when: always,
    run: ({ page }) => page.toggle('help'),
    phrases: ['help'],
    undo: 'help.sheet',
  },
]
