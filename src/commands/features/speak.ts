import type { Status } from '../../domain/statements/statement.ts'
import { always, type Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { findings, selectedUtterance, utterances } from '../stateReads.ts'
import { stepFrom } from '../stepFrom.ts'

const stepUtterance =
  (step: 1 | -1) =>
  ({ get, actions }: CommandContext) => {
    const ids = utterances(get()).map(({ id }) => id)
    const next = stepFrom(ids, selectedUtterance(get()), step)
    if (next) actions.selectUtterance(next)
  }

const STATUSES = [
  { value: 'present', title: 'Present' },
  { value: 'absent', title: 'Absent' },
  { value: 'uncertain', title: 'Unsure', words: ['uncertain', 'possible'] },
  { value: 'resolved', title: 'Resolved' },
  { value: 'removed', title: 'Remove', words: ['not said', 'delete'] },
] as const

/** Null takes the finding away. */
function toStatus(value: string): Status | null {
  const statuses: readonly Status[] = ['present', 'absent', 'uncertain', 'resolved']
  return statuses.find((status) => status === value) ?? null
}

export const commands: readonly Command[] = [
  {
    id: 'speak.talk',
    title: 'Hold to talk',
    group: 'Speak',
    keys: ['Space'],
    when: always,
    run: ({ actions }) => actions.startTalking(),
    release: ({ actions }) => actions.stopTalking(),
  },
  {
    id: 'speak.microphone',
    title: 'Microphone on or off',
    group: 'Speak',
    keys: ['m'],
    when: always,
    run: ({ actions }) => actions.toggleMicrophone(),
    phrases: ['microphone', 'microphone off', 'stop listening'],
    undo: 'speak.microphone',
  },
  {
    id: 'speak.previous',
    title: 'Previous utterance',
    group: 'Speak',
    keys: [','],
    when: (state) => utterances(state).length > 0,
    run: stepUtterance(-1),
    phrases: ['previous utterance', 'previous sentence'],
  },
  {
    id: 'speak.next',
    title: 'Next utterance',
    group: 'Speak',
    keys: ['.'],
    when: (state) => utterances(state).length > 0,
    run: stepUtterance(1),
    phrases: ['next utterance', 'next sentence'],
  },
  {
    id: 'speak.show',
    title: 'Show an utterance',
    group: 'Speak',
    keys: [],
    slots: {
      utterance: {
        title: 'Utterance',
        options: (state) =>
          utterances(state).map(({ id, transcript }, n) => ({ value: id, title: `${n + 1}. ${transcript ?? '…'}` })),
      },
    },
    when: (state) => utterances(state).length > 0,
    run: ({ actions }, { utterance }) => actions.selectUtterance(String(utterance)),
    phrases: ['show utterance {utterance}'],
  },
  {
    id: 'speak.play',
    title: 'Play the selected utterance',
    group: 'Speak',
    keys: ['p'],
    when: (state) => selectedUtterance(state) !== null,
    run({ get, actions }) {
      const id = selectedUtterance(get())
      if (id) actions.playUtterance(id)
    },
    phrases: ['play that', 'play the utterance'],
    undo: 'speak.play',
  },
  {
    id: 'speak.delete',
    title: 'Delete the selected utterance',
    group: 'Speak',
    keys: [],
    when: (state) => selectedUtterance(state) !== null,
    run({ get, actions }) {
      const id = selectedUtterance(get())
      if (id) actions.removeUtterance(id)
    },
    phrases: ['delete that', 'scratch that'],
    undo: 'speak.undo',
  },
  {
    id: 'speak.set',
    title: 'Set what the selected utterance says',
    group: 'Speak',
    keys: [],
    slots: {
      finding: {
        title: 'Finding',
        options: (state) =>
          findings(state).map(({ id, label, synonyms }) => ({ value: id, title: label, words: synonyms })),
      },
      status: { title: 'Said to be', options: () => STATUSES },
    },
    when: (state) => selectedUtterance(state) !== null,
    run({ get, actions }, { finding, status }) {
      const id = selectedUtterance(get())
      if (id) actions.setStatus(id, { findingId: String(finding), status: toStatus(String(status)) })
    },
    phrases: ['set {finding} {status}'],
    undo: 'speak.undo',
  },
  {
    id: 'speak.edit',
    title: 'Correct the text of the selected utterance',
    group: 'Speak',
    keys: ['t'],
    when: (state) => selectedUtterance(state) !== null,
    run({ get, page }) {
      const id = selectedUtterance(get())
      if (id) page.editText(id)
    },
    phrases: ['correct the text', 'edit the text'],
  },
  {
    id: 'speak.file',
    title: 'Hear an audio file',
    group: 'Speak',
    keys: [],
    when: always,
    run: ({ page }) => page.pick('audio'),
    phrases: ['open an audio file'],
  },
]
