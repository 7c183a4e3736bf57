import { MEASURE_KINDS, type MeasureKind } from '../../domain/measure/measure.ts'
import { KIND_NAMES } from '../../domain/measure/measureText.ts'
import type { AppState } from '../../state/appState.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { activeTool, hasStudy, keyImages, latestUtterance, measures, selectedFinding } from '../stateReads.ts'

const GROUP = 'Measure'

const KEYS: Readonly<Record<MeasureKind, string>> = {
  length: 'd',
  bidirectional: 'Shift+d',
  ellipse: 'q',
  rectangle: 'w',
  freehand: 'j',
  angle: 'a',
  probe: 'Shift+j',
  arrow: 'n',
  nodule: 'Alt+n',
}

const SPOKEN: Readonly<Record<MeasureKind, readonly string[]>> = {
  length: [
    '<draw> (a|the) [length|distance|ruler] (tool|measurement)',
    'measure (it|this) (here)',
    '<draw> a measurement',
    'take a measurement',
  ],
  bidirectional: [
    '<draw> (the|a) bidirectional (tool|measurement)',
    'measure (in) two [directions|diameters]',
    'two diameters',
  ],
  ellipse: ['<draw> (an|the) [ellipse|elliptical|circle] (region|tool|region of interest)'],
  rectangle: ['<draw> (a|the) [rectangle|rectangular] (region|tool|region of interest)'],
  freehand: ['<draw> (a|the) [freehand|freehand region] (tool|region)'],
  angle: ['<draw> (an|the) angle (tool|measurement)'],
  probe: [
    '<draw> (the|a) (hounsfield) probe (tool)',
    'measure the density (here)',
    '[read|measure] the hounsfield [units|value] (here)',
  ],
  arrow: ['<draw> (an|the) arrow (tool|here)'],
  nodule: ['nodule volume', '<draw> (the) volume of the nodule', 'measure the nodule'],
}

/** A tool and, run again, navigation. */
const toTool = (kind: MeasureKind): Command => ({
  id: `measure.${kind}`,
  title: kind === 'nodule' ? 'Nodule: click it for its volume' : `${KIND_NAMES[kind]}: draw it`,
  group: GROUP,
  keys: [KEYS[kind]],
  when: hasStudy,
  run: ({ get, actions }) => actions.chooseTool(activeTool(get()) === kind ? 'navigate' : kind),
  phrases: SPOKEN[kind],
  undo: `measure.${kind}`,
})

const isChosen = (state: AppState): boolean => measures(state).selectedId !== null

const withChosen = (run: (context: CommandContext, id: string) => void) => (context: CommandContext) => {
  const { selectedId } = measures(context.get())
  if (selectedId !== null) run(context, selectedId)
}

const NUDGE_MM = 0.5
const DIRECTIONS = [
  ['ArrowLeft', 'to the left', -NUDGE_MM, 0],
  ['ArrowRight', 'to the right', NUDGE_MM, 0],
  ['ArrowUp', 'up', 0, NUDGE_MM],
  ['ArrowDown', 'down', 0, -NUDGE_MM],
] as const

const toNudge = ([key, where, rightMm, upMm]: (typeof DIRECTIONS)[number]): Command => ({
  id: `measure.move${key.slice('Arrow'.length)}`,
  title: `Move the chosen measure or handle ${where}`,
  group: GROUP,
  keys: [`Shift+${key}`],
  when: isChosen,
  run: ({ actions }) => actions.nudgeMeasure(rightMm, upMm),
  repeats: true,
  phrases: [`move the measure ${where}`],
  undo: 'speak.undo',
})

export const commands: readonly Command[] = [
  ...MEASURE_KINDS.map(toTool),
  {
    id: 'measure.show',
    title: 'Show a measure',
    group: GROUP,
    keys: [],
    slots: {
      measure: {
        title: 'Measure',
        isNumbered: true,
        options: (state) =>
          measures(state).items.map(({ measure: { id, label, kind } }, n) => ({
            value: id,
            title: `${n + 1}. ${label || KIND_NAMES[kind]}`,
          })),
      },
    },
    when: (state) => measures(state).items.length > 0,
    run: ({ actions }, { measure }) => actions.showMeasure(String(measure)),
    phrases: ['<show> (the) [measure|measurement] {measure}', '<show> (the) {measure} [measure|measurement]'],
  },
  {
    id: 'measure.delete',
    title: 'Delete the chosen measure',
    group: GROUP,
    keys: ['Delete', 'Backspace'],
    when: isChosen,
    run: withChosen(({ actions }, id) => actions.removeMeasure(id)),
    phrases: ['[delete|remove|erase] (the|this|that|chosen) [measure|measurement]'],
    asksAloud: 'Delete the chosen measure?',
    undo: 'speak.undo',
  },
  {
    id: 'measure.handle',
    title: 'Next handle of the chosen measure, then the whole',
    group: GROUP,
    keys: ['Shift+q'],
    when: isChosen,
    run: ({ actions }) => actions.nextMeasureHandle(),
    phrases: ['<show> (the) [next|other] handle', '[select|move to] (the) [next|other] handle'],
  },
  ...DIRECTIONS.map(toNudge),
  {
    id: 'measure.tieFinding',
    title: 'Tie the chosen measure to the chosen finding',
    group: GROUP,
    keys: [],
    when: (state) => isChosen(state) && selectedFinding(state) !== null,
    run: withChosen(({ get, actions }, id) => {
      const finding = selectedFinding(get())
      if (finding) actions.tieMeasure(id, { kind: 'finding', id: finding })
    }),
    phrases: ['that is the finding', '[tie|link|attach] (it|this|the measurement|the measure) to [the|this] finding'],
    undo: 'speak.undo',
  },
  {
    id: 'measure.tieUtterance',
    title: 'Tie the chosen measure to what was said last',
    group: GROUP,
    keys: [],
    when: (state) => isChosen(state) && latestUtterance(state) !== null,
    run: withChosen(({ get, actions }, id) => {
      const latest = latestUtterance(get())
      if (latest) actions.tieMeasure(id, { kind: 'utterance', id: latest.id })
    }),
    phrases: [
      '[that|this|this measurement] is what i said',
      '[tie|link|attach] (it|the measurement) to [what i said|my last sentence]',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'measure.copy',
    title: 'Copy all measures and key images as text',
    group: GROUP,
    keys: [],
    when: (state) => measures(state).items.length + keyImages(state).length > 0,
    run: ({ actions }) => actions.copyMeasures(),
    phrases: [
      'copy (all|the) [measures|measurements] (as text|to the clipboard)',
      'put (all|the) [measures|measurements] on the clipboard',
    ],
  },
  {
    id: 'measure.report',
    title: 'Save the measures as a DICOM structured report',
    group: GROUP,
    keys: [],
    when: (state) => measures(state).items.length > 0,
    run: ({ actions }) => actions.saveReport(),
    phrases: [
      '[save|export] (the|all) [measures|measurements] as (a) [report|structured report|dicom|dicom sr]',
      'make a (structured) report of the [measures|measurements]',
    ],
  },
  {
    id: 'measure.takeReported',
    title: 'Take measurements of a structured report over as measures',
    group: GROUP,
    keys: [],
    slots: {
      measurement: {
        title: 'Measurement',
        options: (state) =>
          measures(state).reports.flatMap(({ groups }) =>
            groups.map(({ id, name, shape }) => ({ value: id, title: name || KIND_NAMES[shape.kind] })),
          ),
      },
    },
    when: (state) => measures(state).reports.some(({ groups }) => groups.length > 0),
    run: ({ actions }, { measurement }) => actions.takeReported(String(measurement)),
    phrases: ['take {measurement} over'],
    undo: 'speak.undo',
  },
]
