import type { Command } from '../command.ts'
import { always } from '../command.ts'
import { isListening, isVoiceAsking, isVoiceAsleep, voiceMode } from '../stateReads.ts'

const GROUP = 'Speak'

/** Commands by voice themselves. */
export const commands: readonly Command[] = [
  {
    id: 'voice.hold',
    title: 'Hold to say a command',
    group: GROUP,
    keys: ['Shift+m'],
    when: always,
    run: ({ actions }) => actions.startCommanding(),
    release: ({ actions }) => actions.stopCommanding(),
    silent: 'It lasts as long as its key is held',
  },
  {
    id: 'voice.mode',
    title: 'What is said is a command, or dictation again',
    group: GROUP,
    keys: ['Alt+Shift+m'],
    when: always,
    run: ({ get, actions }) => actions.setVoiceMode(voiceMode(get()) === 'command' ? 'dictation' : 'command'),
    phrases: [
      { say: ['(switch to|go to) command mode', 'commands only'], when: (state) => voiceMode(state) !== 'command' },
      {
        say: ['(switch to|back to|go to) dictation (mode)', '[leave|end] command mode', 'command mode off'],
        when: (state) => voiceMode(state) === 'command',
      },
    ],
    undo: 'voice.mode',
  },
  {
    id: 'voice.sleep',
    title: 'Listening sleeps or wakes',
    titleNow: (state) => (isVoiceAsleep(state) ? 'Wake: listen again' : 'Sleep: listen for the wake phrase alone'),
    group: GROUP,
    keys: ['Alt+z'],
    when: isListening,
    run: ({ get, actions }) => actions.setAsleep(!isVoiceAsleep(get())),
    phrases: [
      {
        say: ['(go to) sleep', 'sleep (now|mode)', 'stop listening until i wake you', 'take a nap'],
        when: (state) => !isVoiceAsleep(state),
      },
      { say: ['wake up'], when: isVoiceAsleep },
    ],
    undo: 'voice.sleep',
  },
  {
    id: 'voice.yes',
    title: 'Yes to what a command by voice asks',
    group: GROUP,
    keys: ['Enter'],
    when: isVoiceAsking,
    run: ({ actions }) => actions.answerVoice(true),
    phrases: ['[yes|confirm|do it|go ahead]'],
  },
  {
    id: 'voice.no',
    title: 'No to what a command by voice asks',
    group: GROUP,
    keys: [],
    when: isVoiceAsking,
    run: ({ actions }) => actions.answerVoice(false),
    phrases: ['[no|do not|leave it|never mind]'],
  },
  {
    id: 'voice.help',
    title: 'What can be said now',
    group: GROUP,
    keys: ['Alt+h'],
    when: always,
    run: ({ page }) => page.show('help', 'said'),
    phrases: [
      'what can i say',
      '[which|what] (voice) commands (are there|can i use|can i say)',
      '[list|show] (the|me the) voice commands',
    ],
  },
]
