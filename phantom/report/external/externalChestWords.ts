import type { FindingId } from '../../findings/ctRateFindings.ts'
import type { ExternalWords } from './externalWords.ts'

/** Heart, vessels, mediastinum and devices in the external hospital's words. */
export const EXTERNAL_CHEST_WORDS = {
  medical_material: {
    names: ['indwelling hardware', 'postoperative hardware', 'support apparatus'],
    present: [
      'Hardware: present.',
      'Support apparatus as expected.',
      'Postsurgical hardware projecting over the thorax.',
    ],
    presentByKind: {
      pacemaker: [
        '[side] subclavian pacer, leads to the right heart.',
        'Dual lead pacemaker generator, [side] chest.',
        'Cardiac pacer wires, unchanged course.',
      ],
      port: [
        '[side] infusion port, tip at the cavoatrial junction.',
        'Mediport, [side] chest, line tip in the lower vena cava superior.',
        'Chemotherapy port via the [side] subclavian vein.',
      ],
      sternal_wires: [
        'Prior sternotomy, wires aligned.',
        'Sternal cerclage wires, all intact.',
        'Post cardiac surgery, midline wires.',
      ],
      valve: [
        'Valve prosthesis.',
        'Prior valve surgery, prosthesis well seated.',
        'Artificial cardiac valve, metallic ring.',
      ],
      stent: [
        'Endograft of the descending aorta.',
        'Aortic endoprosthesis, struts intact.',
        'Prior endovascular aortic repair, graft in position.',
      ],
      drain: [
        '[side] thoracostomy tube.',
        'Pleural catheter, [side] hemithorax.',
        '[side] pigtail catheter, pleural space.',
      ],
      tube: [
        'Intubated, tube tip above the carina.',
        'Endotracheal and enteric tubes, satisfactory position.',
        'Airway tube in the mid trachea, feeding tube below the diaphragm.',
      ],
    },
    absent: ['Hardware: none.', 'Tubes and lines: nil.', 'No postoperative hardware.', 'Devices absent.'],
  },
  arterial_wall_calcification: {
    names: [
      'aortic atheroma',
      'calcific aortic disease',
      'mural calcium of the aorta',
      'atherosclerotic aortic calcification',
    ],
    present: [
      'Aorta: [deg] mural calcification.',
      '[deg] calcific atheroma, thoracic aorta.',
      'Aortic knob and arch calcified.',
      'Vascular calcium, [deg], aorta and great vessel origins.',
      'Atherosclerotic aorta, calcified walls.',
    ],
    absent: [
      'Aorta: no mural calcium.',
      'Aorta smooth, calcium nil.',
      'Thoracic aorta without atheroma.',
      'No calcific aortic disease.',
    ],
  },
  cardiomegaly: {
    names: ['enlarged cardiac silhouette', 'cardiac prominence', 'increased heart size', 'global cardiac enlargement'],
    present: [
      'Heart: [deg] enlargement.',
      'Heart enlarged.',
      'Heart [degly] prominent in size.',
      'Big heart, all chambers.',
      'Cardiac size exceeds half of the thoracic width.',
    ],
    absent: ['Heart: size normal.', 'Heart not big.', 'Cardiac size: within range.', 'Heart size unremarkable.'],
  },
  pericardial_effusion: {
    names: ['pericardial fluid collection', 'fluid about the heart', 'fluid within the pericardium'],
    present: [
      'Pericardium: [ext] fluid collection, [mmword].',
      'Pericardial fluid, [ext], depth [mmword].',
      'Pericardium distended by fluid.',
      '[ext] fluid collection about the heart.',
      'Pericardial space widened, fluid density.',
    ],
    absent: [
      'Pericardium: dry.',
      'Pericardium unremarkable, fluid nil.',
      'Pericardial fluid: physiologic amount only.',
    ],
  },
  coronary_artery_wall_calcification: {
    names: ['coronary calcium', 'coronary atheroma', 'calcific coronary disease', 'coronary artery calcium deposits'],
    present: [
      'Coronaries: [deg] calcium.',
      'Coronary calcium, [deg] burden.',
      'Three vessel coronary calcium deposits.',
      'Coronary tree calcified.',
      '[deg] calcific deposits, anterior descending and right coronary.',
    ],
    absent: ['Coronaries: calcium nil.', 'Coronary calcium: zero.', 'Coronaries unremarkable, no calcific deposits.'],
  },
  hiatal_hernia: {
    names: ['gastric herniation', 'intrathoracic stomach', 'axial hernia of the stomach', 'paraesophageal hernia'],
    present: [
      'Stomach: [ext] hernia above the diaphragm.',
      '[ext] intrathoracic stomach, posterior to the heart.',
      'Gastric fundus above the diaphragm, axial hernia.',
      'Esophageal hiatus wide, stomach herniated.',
    ],
    absent: [
      'Hiatus: competent.',
      'Stomach subdiaphragmatic.',
      'Hernia of the stomach: none.',
      'Gastric herniation absent.',
    ],
  },
  lymphadenopathy: {
    names: ['nodal enlargement', 'enlarged nodes', 'pathologic nodes', 'nodal disease'],
    present: [
      'Nodes: enlarged, up to [mmword].',
      'Nodal enlargement, largest [mmword] short axis.',
      'Bulky nodes, short axis [mmword].',
    ],
    presentByKind: {
      mediastinal: [
        'Mediastinum: nodal enlargement to [mmword].',
        'Mediastinal nodes bulky, paratracheal and subcarinal stations.',
        'Mediastinal nodal disease, short axis [mmword].',
      ],
      hilar: [
        'Hila: nodal enlargement, short axis [mmword].',
        'Hilar nodes bulky on both sides.',
        'Prominent hila from nodal disease.',
      ],
      axillary: [
        'Axilla, [side]: enlarged nodes to [mmword].',
        '[side] axillary nodal disease.',
        'Bulky [side] axillary nodes.',
      ],
    },
    absent: [
      'Nodes: subcentimeter throughout.',
      'Nodal enlargement: none.',
      'Mediastinum and hila: nodes not bulky.',
      'No nodal disease by size.',
    ],
  },
  pleural_effusion: {
    names: ['pleural collection', 'free pleural fluid', 'fluid of the pleural space', 'pleural fluid collection'],
    present: [
      'Pleura: [side] fluid, [ext].',
      '[ext] [side] pleural collection.',
      'Free pleural fluid, [side], [ext].',
      '[side] pleural space: fluid, dependent.',
      '[side] hydrothorax, [ext].',
    ],
    absent: ['Pleura: dry.', 'Pleural fluid: nil.', 'Pleural spaces unremarkable.', 'Pleural collection: none.'],
  },
} as const satisfies Partial<Record<FindingId, ExternalWords>>
