import type { Command } from '../command.ts'
import { hasReading, hasStudy, isIdentityShown } from '../stateReads.ts'

/** Who the patient is: on screen until it is hidden, in a file only where it is asked for. */
export const commands: readonly Command[] = [
  {
    id: 'identity.toggle',
    title: 'Show or hide who the patient is',
    group: 'Findings and cases',
    keys: ['Shift+n'],
    when: hasStudy,
    run: ({ actions }) => actions.toggleIdentity(),
    phrases: [
      { say: ['hide (the) [patient|patient name|identity|name]', 'anonymise the screen'], when: isIdentityShown },
      { say: ['show (the) [patient|patient name|identity|name]'], when: (state) => !isIdentityShown(state) },
    ],
    undo: 'identity.toggle',
  },
  {
    id: 'identity.export',
    title: 'Export the reading with the patient’s identity',
    group: 'Findings and cases',
    keys: ['Shift+e'],
    when: hasReading,
    run: ({ actions }) => actions.exportReading(true),
    confirms: 'The file will name the patient. Export it so?',
    silent: 'A file that names the patient is asked for by hand',
  },
]
