import type { Command } from '../command.ts'
import { hasStudy } from '../stateReads.ts'

const GROUP = 'Scroll and view'

export const commands: readonly Command[] = [
  {
    id: 'picture.copy',
    title: 'Copy the active view as a picture, without the name of the patient',
    group: GROUP,
    keys: ['Alt+c'],
    when: hasStudy,
    run: ({ actions }) => actions.copyPicture(),
    phrases: ['copy the picture', 'screenshot'],
  },
  {
    id: 'picture.save',
    title: 'Save the active view as a picture, without the name of the patient',
    group: GROUP,
    keys: ['Alt+s'],
    when: hasStudy,
    run: ({ actions }) => actions.savePicture(false),
    phrases: ['save the picture'],
  },
  {
    id: 'picture.saveNamed',
    title: 'Save the active view as a picture with the name of the patient',
    group: GROUP,
    keys: [],
    when: hasStudy,
    run: ({ actions }) => actions.savePicture(true),
    phrases: ['save the picture with the name'],
  },
]
