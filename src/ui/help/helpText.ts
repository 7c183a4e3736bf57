/** How to read with the app; `keyOf` gives the key of a command, or the words that stand for it. */
export const toReadingSteps = (keyOf: (commandId: string, without: string) => string): readonly string[] => [
  'Open a chest CT. It is read on this computer; the findings of the model are ranked by what it sees.',
  `Turn the microphone on (${keyOf('speak.microphone', 'its button')}), or hold ${keyOf('speak.talk', 'the talk button')}, and dictate. Each sentence becomes an utterance, tied to the slice on screen.`,
  'The findings panel sets seen beside said. A difference is marked: “seen, not said” or “said, not seen”; “which?” asks about what was said both ways.',
  `Press a chip to correct what was heard, its + to add a finding, the pencil to correct the text. ${keyOf('speak.undo', 'Undo')} takes it back.`,
  'Choose a finding or an utterance: its heat shows where the model finds it, and the similar cases follow it.',
  `Where the model can read, a sentence may be typed in place of speech (${keyOf('cases.type', 'its field')}): it is searched and shown in the same way.`,
  'Choose a similar case to open it beside this CT. Its labels say what the library holds about it.',
]

/** What the mouse does on a view; the viewer decides it (src/viewer/interaction.ts). */
export const POINTER_HELP: readonly { readonly shown: readonly string[]; readonly label: string }[] = [
  { shown: ['Wheel'], label: 'Scroll slices' },
  { shown: ['Click'], label: 'Crosshair here, in all views' },
  { shown: ['Shift', 'Move'], label: 'Crosshair follows the pointer' },
  { shown: ['Left drag'], label: 'Window width and level' },
  { shown: ['Middle drag'], label: 'Move the picture' },
  { shown: ['Right drag'], label: 'Zoom' },
  { shown: ['Ctrl', 'Wheel'], label: 'Zoom at the pointer' },
  { shown: ['Finger'], label: 'Tap: crosshair; up or down: slices' },
  { shown: ['Two fingers'], label: 'Zoom and move the picture' },
  { shown: ['Double click'], label: 'One view large, or all views' },
]
