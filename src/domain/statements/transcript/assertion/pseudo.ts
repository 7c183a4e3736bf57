import { FAR, MORE, NOT, type Rule, toRules } from './rule.ts'

/** Denials of change, of more or of a property, which deny no finding. */
export const PSEUDO: readonly Rule[] = [
  ...toRules('none', 'both', 0, [
    'no|without ~ change|increase|decrease|progression|growth|difference|worsening|improvement|alteration',
    'no|without interval enlargement',
    `${NOT} changed|increased|decreased|progressed|grown|worsened|larger|smaller|bigger|new!|worse|better`,
    `${NOT} significantly|substantially|appreciably|measurably|markedly|really|much|yet|any|clearly|definitely changed|increased|decreased|progressed|grown|worsened|larger|smaller|bigger|different|enlarging`,
    `${NOT} changing|growing|progressing|progressive|increasing|decreasing|changes|change`,
    'no larger|smaller|bigger|worse|better|different',
    `${NOT} only|just|merely|necessarily|simply`,
    'no|without doubt|question|follow|need|biopsy|treatment|intervention|recommendation',
    'no|without further|additional|specific|dedicated|routine follow|imaging|workup|work|evaluation|action|treatment|surveillance',
    'no longer than',
    'no less|fewer than',
    `${NOT} ~ follow|followed|compared|biopsied|measured|explain|explained|require|need`,
    `${NOT} due|secondary|related to`,
    `${NOT} caused|explained by`,
  ]),
  ...toRules('more', 'ahead', FAR, [
    `no|without|nor ${MORE}`,
    `no|without any|definite|significant|suspicious ${MORE}`,
    `no|without evidence|sign of ${MORE}`,
    `no|without evidence of any ${MORE}`,
    `${NOT} ~ any ${MORE}`,
    'nothing else',
    'neither other|new',
    'otherwise|elsewhere ~ no|without',
    'rather than',
    'instead of',
    'as opposed to',
    'no|without ~ else',
    'no|without ~ suspicious',
  ]),
  ...toRules('none', 'behind', FAR, [
    'no others|more',
    'none elsewhere|else|other',
    'no|not elsewhere',
    'none ~ elsewhere',
    'than|as before|previously|prior|once',
    'than|since ~ last|prior|previous|earlier',
  ]),
]
