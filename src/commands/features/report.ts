import { DEFAULT_TEMPLATE } from '../../domain/dictatedReport/reportTemplates.ts'
import { titleOfType } from '../../domain/dictatedReport/studyType.ts'
import type { AppState } from '../../state/appState.ts'
import { always, type Command, type SlotOption } from '../command.ts'
import {
  alerts,
  canUndoTemplates,
  defaultTemplate,
  earlierReports,
  hasStudy,
  isUnsignedTold,
  leftUnsigned,
  measures,
  openEarlierId,
  reportSentences,
  reportStatus,
  studyType,
  templates,
} from '../stateReads.ts'

const GROUP = 'Report'

const hasAlert = (state: AppState): boolean => alerts(state).length > 0
const isThere = (state: AppState): boolean => reportSentences(state).length > 0
/** First what is the default for the study that is read. */
function templateOptions(state: AppState): SlotOption[] {
  const usual = defaultTemplate(state)
  const title = `Default for ${titleOfType(studyType(state))}: ${usual.name}`
  const words = ['default', 'usual', 'usual report', 'default report']
  return [
    { value: DEFAULT_TEMPLATE, title, words },
    ...templates(state).map(({ name }) => ({ value: name, title: name })),
  ]
}

const isEarlierShown = (state: AppState): boolean => isShown(state) && openEarlierId(state) !== null
const isShown = ({ view }: AppState): boolean => view.rightPanel === 'report'

export const commands: readonly Command[] = [
  {
    id: 'report.show',
    title: 'Report or findings',
    group: GROUP,
    keys: ['Alt+t'],
    when: hasStudy,
    run: ({ get, actions }) => actions.showRight(isShown(get()) ? 'findings' : 'report'),
    phrases: [
      {
        say: ['<show> (me) (the|my) report', 'open (the|my) report', '<show> (the) report panel'],
        when: (state) => !isShown(state),
      },
      {
        say: ['[close|hide] (the|my) report', 'back to (the) findings', '<show> (me) (the) list of findings'],
        when: isShown,
      },
    ],
    undo: 'report.show',
  },
  {
    id: 'report.insert',
    title: 'Insert a template into the report',
    group: GROUP,
    keys: [],
    slots: {
      template: {
        title: 'Template',
        options: templateOptions,
      },
    },
    when: hasStudy,
    run: ({ actions }, { template }) => actions.insertTemplate(String(template)),
    phrases: [
      '[insert|put in|fill in|use|add] (a|the|my) (template) {template} (report|template)',
      'insert (a|the|my) {template} (report|template)',
      '[use|add] (the|my) {template} template',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'report.saveTemplate',
    title: 'Save the report as a template',
    group: GROUP,
    keys: [],
    when: isThere,
    run: ({ page }) => page.show('templates', 'new'),
    phrases: ['[save|keep] (the|this) (report) as (a) template', 'make (a) template of (the|this) report'],
  },
  {
    id: 'report.templates',
    title: 'Templates of reports',
    group: GROUP,
    keys: [],
    when: always,
    run: ({ page }) => page.toggle('templates'),
    phrases: ['<on> (my|the) (report) templates', 'template page'],
    undo: 'report.templates',
  },
  {
    id: 'report.undoTemplates',
    title: 'Undo the last change of your templates',
    group: GROUP,
    keys: [],
    when: canUndoTemplates,
    run: ({ actions }) => actions.undoTemplates(),
    phrases: ['undo (the) (last) change of (my) templates'],
  },
  {
    id: 'report.measure',
    title: 'Insert the chosen measure, or the last one, into the report',
    group: GROUP,
    keys: [],
    when: (state) => measures(state).items.length > 0,
    run: ({ actions }) => actions.insertMeasure(),
    phrases: [
      'insert (the|this|that) (last) [measure|measurement]',
      '[put|add] (the|this|that) [measure|measurement] [in|into|to] the report',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'report.check',
    title: 'Check the report for what was seen and not said, and for contradictions',
    group: GROUP,
    keys: [],
    when: isThere,
    run: ({ actions }) => actions.checkReport(),
    phrases: [
      'check (the|my) report (for contradictions)',
      'did i [miss|forget] (anything|something)',
      'have i [missed|forgotten] (anything|something)',
      'run (the) safety net',
      'what did i miss',
      'safety net',
    ],
  },
  {
    id: 'report.suggestion',
    title: 'Show what the check of the report asks first',
    group: GROUP,
    keys: [],
    when: hasAlert,
    run({ get, actions }) {
      const [first] = alerts(get())
      if (first) actions.showAlert(first.id)
    },
    phrases: ['<show> (the|a) (next) [suggestion|alert]', 'what is the next [suggestion|alert]'],
  },
  {
    id: 'report.accept',
    title: 'Put what the check suggests first into the report',
    group: GROUP,
    keys: [],
    when: (state) => alerts(state)[0]?.kind === 'unmentioned',
    run({ get, actions }) {
      const [first] = alerts(get())
      if (first) actions.answerAlert(first.id, 'accepted')
    },
    phrases: [
      '[accept|take] (the|this|that) suggestion',
      'accept that',
      'put it [in|into] the report',
      'add the suggestion (to the report)',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'report.ignore',
    title: 'Ignore what the check of the report asks first',
    group: GROUP,
    keys: [],
    when: hasAlert,
    run({ get, actions }) {
      const [first] = alerts(get())
      if (first) actions.answerAlert(first.id, 'ignored')
    },
    phrases: ['[ignore|dismiss|skip] (the|this|that) [suggestion|alert]'],
    undo: 'speak.undo',
  },
  {
    id: 'report.copy',
    title: 'Copy the report',
    group: GROUP,
    keys: [],
    when: isThere,
    run: ({ actions }) => actions.copyReport(),
    phrases: [
      'copy (the) (whole|full|my) report (to the clipboard)',
      'put the report on the clipboard',
      'report to (the) clipboard',
    ],
  },
  {
    id: 'report.save',
    title: 'Save the report as a DICOM structured report',
    group: GROUP,
    keys: [],
    when: isThere,
    run: ({ actions }) => actions.saveDictatedReport(),
    phrases: [
      '[save|export] (the|my|this) report (as) (a) (dicom|dicom file|structured report|dicom sr)',
      'make a (dicom|structured) report of the dictation',
    ],
  },
  {
    id: 'report.print',
    title: 'Print the report with its key images, or save it as PDF',
    group: GROUP,
    keys: [],
    when: isThere,
    run: ({ page }) => page.show('print'),
    phrases: ['print (out) (the|my|this) report', '[save|export] (the|my) report as (a) pdf', 'print preview'],
  },
  {
    id: 'report.earlier',
    title: 'Earlier report of the patient beside, or close it',
    group: GROUP,
    keys: ['Alt+e'],
    when: (state) => earlierReports(state).length > 0,
    run: ({ get, actions }) => actions.openEarlierReport(isEarlierShown(get()) ? null : undefined),
    phrases: [
      {
        say: [
          '<show> (me) (the) [prior|earlier|previous|old|last] report',
          '[read|open] (the) [prior|earlier|previous|old|last] report',
        ],
        when: (state) => !isEarlierShown(state),
      },
      { say: ['[close|hide] (the) [prior|earlier|previous|old|last] report'], when: isEarlierShown },
    ],
    undo: 'report.earlier',
  },
  {
    id: 'report.sign',
    title: 'Sign the report',
    group: GROUP,
    keys: [],
    when: (state) => isThere(state) && reportStatus(state) !== 'signed',
    run: ({ actions }) => actions.signReport(),
    phrases: ['sign (off) (the|this|my) report', '[finish|close out] (the|this) report'],
    asksAloud: 'Sign the report?',
    undo: 'speak.undo',
  },
  {
    id: 'report.signLeft',
    title: 'Sign the report of a study that was left',
    group: GROUP,
    keys: [],
    slots: { study: { title: 'Study', options: leftUnsigned } },
    when: (state) => leftUnsigned(state).length > 0,
    run: ({ actions }, { study }) => actions.signLeft(String(study)),
    phrases: ['sign (off) (the) report of {study}'],
    asksAloud: 'Sign that report?',
  },
  {
    id: 'report.tellUnsigned',
    title: 'Tell when a report is left unsigned, or do not',
    titleNow: (state) =>
      isUnsignedTold(state) ? 'Do not tell when a report is left unsigned' : 'Tell when a report is left unsigned',
    group: GROUP,
    keys: [],
    when: always,
    run: ({ get, actions }) => actions.setUnsignedTold(!isUnsignedTold(get())),
    phrases: [
      { say: ['[tell|warn] me of unsigned reports'], when: (state) => !isUnsignedTold(state) },
      { say: ['[stop telling|do not tell|do not warn] me of unsigned reports'], when: isUnsignedTold },
    ],
    undo: 'report.tellUnsigned',
  },
  {
    id: 'report.unsign',
    title: 'Take the signature off the report',
    group: GROUP,
    keys: [],
    when: (state) => ['signed', 'amended'].includes(reportStatus(state)),
    run: ({ actions }) => actions.unsignReport(),
    phrases: [
      '[unsign|reopen] (the|this) report',
      '[take|take off|take back|remove] (the|my) signature (off|back|again)',
    ],
    asksAloud: 'Take the signature off?',
    undo: 'speak.undo',
  },
]
