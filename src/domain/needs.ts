/**
 * The needs to start from: stable codes, plain words, and the SNOMED CT concept where a checked one exists
 * (international or UK edition; null where none was verified: never invented).
 */
export const NEEDS = {
  loneliness: { label: 'Loneliness or isolation', snomed: '267076002' },
  low_mood: { label: 'Low mood', snomed: null },
  anxiety: { label: 'Anxiety or worry', snomed: null },
  bereavement: { label: 'Bereavement', snomed: '74506000' },
  carer_support: { label: 'Support for carers', snomed: '288231000119101' },
  money_debt: { label: 'Money or debt', snomed: '160932005' },
  benefits: { label: 'Benefits', snomed: null },
  housing: { label: 'Housing', snomed: null },
  work_skills: { label: 'Work, volunteering or skills', snomed: '75148009' },
  physical_activity: { label: 'Being more active', snomed: null },
  falls: { label: 'Falls or fear of falling', snomed: null },
  long_term_condition: { label: 'Living with a long-term condition', snomed: null },
  memory_dementia: { label: 'Memory or dementia', snomed: null },
  family_parenting: { label: 'Family or parenting', snomed: '248539004' },
  young_person: { label: 'Support for a young person', snomed: null },
  recovery_substance: { label: 'Recovery from alcohol or drugs', snomed: null },
  food: { label: 'Food', snomed: '733423003' },
  transport: { label: 'Getting about', snomed: null },
  legal: { label: 'Legal problems', snomed: '22268004' },
  language_settling: { label: 'Language or settling in', snomed: null },
  safety_abuse: { label: 'Safety or abuse', snomed: null },
  something_else: { label: 'Something else', snomed: null },
} as const

export type NeedCode = keyof typeof NEEDS
export const NEED_CODES = Object.keys(NEEDS) as [NeedCode, ...NeedCode[]]

/** The nine plain groups shown where somebody has a minute: each stands for its first code until refined. */
export const NEED_GROUPS: { label: string; codes: [NeedCode, ...NeedCode[]] }[] = [
  { label: 'Loneliness or isolation', codes: ['loneliness', 'bereavement', 'language_settling'] },
  { label: 'Mood, worry or mental health', codes: ['low_mood', 'anxiety', 'recovery_substance'] },
  { label: 'Being active, falls', codes: ['physical_activity', 'falls'] },
  { label: 'Health condition, memory', codes: ['long_term_condition', 'memory_dementia'] },
  { label: 'Money, food, benefits', codes: ['money_debt', 'benefits', 'food'] },
  { label: 'Housing or legal', codes: ['housing', 'legal', 'safety_abuse'] },
  { label: 'Work and skills', codes: ['work_skills'] },
  { label: 'Family, caring, young people', codes: ['family_parenting', 'carer_support', 'young_person'] },
  { label: 'Something else', codes: ['something_else', 'transport'] },
]

export function needLabel(code: string): string {
  return Object.hasOwn(NEEDS, code) ? NEEDS[code as NeedCode].label : code
}
