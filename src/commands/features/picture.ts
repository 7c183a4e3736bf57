import type { AppState } from '../../state/appState.ts'
import type { Command } from '../command.ts'
import { hasStudy, isRecording } from '../stateReads.ts'

const GROUP = 'Scroll and view'

const canRecord = (state: AppState): boolean => hasStudy(state) && !isRecording(state)

export const commands: readonly Command[] = [
  {
    id: 'picture.copy',
    title: 'Copy the active view as a picture, without the name of the patient',
    group: GROUP,
    keys: ['Alt+c'],
    when: hasStudy,
    run: ({ actions }) => actions.copyPicture(),
    phrases: ['copy (the|this) [picture|image|view] (to the clipboard)', '(take a) screenshot'],
  },
  {
    id: 'picture.save',
    title: 'Save the active view as a picture, without the name of the patient',
    group: GROUP,
    keys: ['Alt+s'],
    when: hasStudy,
    run: ({ actions }) => actions.savePicture(false),
    phrases: ['[save|download] (the|this) [picture|image|view] (as a file|as a picture)'],
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
  {
    id: 'picture.video',
    title: 'Save a video of the active view scrolled from its first slice to its last, without the name of the patient',
    group: GROUP,
    keys: ['Alt+v'],
    when: canRecord,
    run: ({ actions }) => actions.saveVideo(false),
    phrases: [
      '[save|record|make|take] (a|the|this as a) video (of) (this|the) (view|scroll)',
      'save a video',
      'record the scroll',
    ],
    undo: 'picture.stopVideo',
  },
  {
    id: 'picture.videoNamed',
    title: 'Save a video of the active view with the name of the patient',
    group: GROUP,
    keys: [],
    when: canRecord,
    run: ({ actions }) => actions.saveVideo(true),
    phrases: ['save a video with the name'],
    undo: 'picture.stopVideo',
  },
  {
    id: 'picture.stopVideo',
    title: 'End the recording without saving it',
    group: GROUP,
    keys: [],
    when: isRecording,
    run: ({ actions }) => actions.stopVideo(),
    phrases: ['stop recording'],
  },
]
