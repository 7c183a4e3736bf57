import type { Random } from '../../random.ts'
import { expandTemplate } from '../expandTemplate.ts'
import { toSpokenInteger } from '../spokenNumbers.ts'
import type { Clause } from './clause.ts'

/** What is said to the viewer. Some name a finding ("show me the nodule") and still state none. */
const COMMANDS = [
  '{Go to|Jump to|Show} {slice|image} [n].',
  '{Next|Previous|First|Last} {slice|image|series|study|case}.',
  '{Scroll|Move|Go} {up|down|forward|back} {[n] slices|a bit|}.',
  '{Lung|Bone|Mediastinal|Soft tissue|Liver|Brain} window {please|}.',
  '{Set|Change|Switch} {to|the window to} {lung|bone|mediastinum|soft tissue}.',
  '{Window width|Window level|Level|Width} [n].',
  '{Zoom|Pan} {in|out|left|right} {please|more|}.',
  '{Reset|Restore} {the view|the window|everything|}.',
  '{Axial|Coronal|Sagittal} {view|plane|}.',
  '{Maximum intensity projection|MIP|three D view|full screen} {on|off|}.',
  '{Show|Hide|Toggle} the {heat map|crosshair|overlay|annotations|findings panel|similar cases}.',
  '{Show me|Find|Where is|Jump to|Highlight} the {nodule|effusion|consolidation|emphysema|largest nodule}.',
  '{Find|Show|Search} {similar patients|similar cases|cases like this}.',
  '{Compare with|Open} {the prior|the first case|case [n]}.',
  '{Measure|Mark|Annotate} {this|here|that nodule}.',
  '{Delete|Undo|Remove} {that|the last one|the measurement|the last sentence}.',
  '{Start|Stop|Pause|Resume} {dictation|listening|recording}.',
  '{Save|Export|Print|Copy} the report.',
  '{Help|Cancel|Close|Back|Okay stop}.',
]

export function writeViewerCommand(random: Random): Clause {
  const template = random.pick(COMMANDS).replace('[n]', toSpokenInteger(1 + random.below(400)))
  return { text: expandTemplate(template, null, random), statuses: {} }
}
