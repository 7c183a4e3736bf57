import type { Status } from '../../domain/statements/statement.ts'
import { always, type Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import {
  canTestMicrophone,
  findings,
  latestUtterance,
  microphones,
  selectedUtterance,
  utterances,
} from '../stateReads.ts'
import { stepFrom } from '../stepFrom.ts'

const stepUtterance =
  (step: 1 | -1) =>
  ({ get, actions }: CommandContext) => {
    const ids = utterances(get()).map(({ id }) => id)
    const next = stepFrom(ids, selectedUtterance(get()), step)
    if (next) actions.selectUtterance(next)
  }

/** In place of an id, which no device has. */
const SYSTEM_DEVICE = 'system'

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
    silent: 'It lasts as long as its key is held',
  },
  {
    id: 'speak.microphone',
    title: 'Microphone on or off',
    group: 'Speak',
    keys: ['m'],
    when: always,
    run: ({ actions }) => actions.toggleMicrophone(),
    phrases: [
      '[microphone|dictation] off',
      'stop [listening|dictation|dictating]',
      '[turn|switch] (the) microphone off',
      '[turn off|switch off|mute] (the) microphone',
    ],
    undo: 'speak.microphone',
  },
  {
    id: 'speak.device',
    title: 'Choose the microphone',
    group: 'Speak',
    keys: [],
    slots: {
      device: {
        title: 'Microphone',
        isNumbered: true,
        options: (state) => [
          ...microphones(state).map(({ id, label }) => ({ value: id, title: label })),
          { value: SYSTEM_DEVICE, title: 'As the system has it', words: ['system', 'default'] },
        ],
      },
    },
    when: (state) => microphones(state).length > 0,
    run: ({ actions }, { device }) => actions.chooseMicrophone(device === SYSTEM_DEVICE ? null : String(device)),
    phrases: ['use (the) microphone {device}', 'use (the) {device} microphone'],
  },
  {
    id: 'speak.test',
    title: 'Test the microphone',
    group: 'Speak',
    keys: [],
    when: canTestMicrophone,
    run: ({ actions }) => actions.testMicrophone(),
    phrases: ['test (the|my) microphone', 'microphone test'],
  },
  {
    id: 'speak.previous',
    title: 'Previous utterance',
    group: 'Speak',
    keys: [','],
    when: (state) => utterances(state).length > 0,
    run: stepUtterance(-1),
    phrases: [
      '<show> (the) previous [utterance|sentence]',
      '(go) one [utterance|sentence] back',
      '(the) [utterance|sentence] before',
    ],
  },
  {
    id: 'speak.next',
    title: 'Next utterance',
    group: 'Speak',
    keys: ['.'],
    when: (state) => utterances(state).length > 0,
    run: stepUtterance(1),
    phrases: ['<show> (the) next [utterance|sentence]'],
  },
  {
    id: 'speak.show',
    title: 'Show an utterance',
    group: 'Speak',
    keys: [],
    slots: {
      utterance: {
        title: 'Utterance',
        isNumbered: true,
        options: (state) =>
          utterances(state).map(({ id, transcript }, n) => ({ value: id, title: `${n + 1}. ${transcript ?? '…'}` })),
      },
    },
    when: (state) => utterances(state).length > 0,
    run: ({ actions }, { utterance }) => actions.selectUtterance(String(utterance)),
    phrases: [
      '<show> (the) sentence (number) {utterance}',
      '<show> utterance number {utterance}',
      '<show> utterance {utterance}',
      '<show> (the) {utterance} utterance',
    ],
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
    phrases: ['play (the|this) (selected|chosen) [utterance|sentence]'],
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
    phrases: [
      '[delete|remove|erase] (the|this) [selected|chosen] [utterance|sentence]',
      '[delete|remove|erase] [the|this] utterance',
    ],
    asksAloud: 'Delete the selected utterance?',
    undo: 'speak.undo',
  },
  {
    id: 'speak.readBack',
    title: 'Play what was said last',
    group: 'Speak',
    keys: [],
    when: (state) => latestUtterance(state) !== null,
    run({ get, actions }) {
      const latest = latestUtterance(get())
      if (latest) actions.playUtterance(latest.id)
    },
    phrases: [
      'read (that|it) back (to me)',
      'play (that|it) (back)',
      '[play|read] (the) last [sentence|utterance] (back)',
    ],
  },
  {
    id: 'speak.scratch',
    title: 'Delete what was said last',
    group: 'Speak',
    keys: [],
    when: (state) => utterances(state).length > 0,
    run({ get, actions }) {
      const last = utterances(get()).at(-1)
      if (last) actions.removeUtterance(last.id)
    },
    phrases: [
      '[scratch|delete|erase|remove] [that|it]',
      '[scratch|delete|erase|remove] (that|the) (last) [sentence|utterance]',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'speak.goTo',
    title: 'Go to where a finding was said',
    group: 'Speak',
    keys: [],
    slots: {
      finding: {
        title: 'Finding',
        options: (state) =>
          findings(state).map(({ id, label, synonyms }) => ({ value: id, title: label, words: synonyms })),
      },
    },
    when: (state) => utterances(state).some(({ statements }) => statements.length > 0),
    run({ get, actions }, { finding }) {
      const said = utterances(get()).findLast(({ statements }) => statements.some((one) => one.findingId === finding))
      if (said) actions.selectUtterance(said.id)
    },
    phrases: ['<show> where i [said|mentioned] (the) {finding}', 'where did i [say|mention] (the) {finding}'],
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
    phrases: ['[set|make] (the) {finding} (to) {status}'],
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
    phrases: [
      '[correct|edit|change] (the|this) [text|wording] (of the utterance)',
      '[correct|edit] this [sentence|utterance]',
    ],
  },
  {
    id: 'speak.file',
    title: 'Hear an audio file',
    group: 'Speak',
    keys: [],
    when: always,
    run: ({ page }) => page.pick('audio'),
    silent: 'The browser opens its dialog for files only for a key or a click',
  },
]
