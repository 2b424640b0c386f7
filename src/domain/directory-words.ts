import type { NeedCode } from './needs.ts'

/** What people type when they look for help with a need, beside the need's own name. */
export const NEED_WORDS: Record<NeedCode, string> = {
  loneliness: 'lonely alone isolated company friends friendship befriending visitor someone to talk to social',
  low_mood: 'depression depressed sad unhappy mental health wellbeing feeling down',
  anxiety: 'anxious worried worry panic stress stressed mental health wellbeing nerves',
  bereavement: 'bereaved grief grieving death died loss funeral suicide widow widower',
  carer_support: 'carer carers caring looking after somebody respite',
  money_debt: 'debts bills loans arrears bailiffs poor cost of living',
  benefits: 'pip universal credit attendance allowance claim forms',
  housing: 'home homeless rent eviction landlord damp council house tenancy',
  work_skills: 'job jobs employment unemployed training course learning volunteer volunteering cv',
  physical_activity: 'exercise sport sports fitness walking walk gym active keep fit football',
  falls: 'falling fall balance steady strength older',
  long_term_condition: 'diabetes pain illness heart breathing copd disability',
  memory_dementia: 'alzheimer alzheimers forgetful memory cafe',
  family_parenting: 'parents parent baby babies toddler children kids mother father mum dad pregnant',
  young_person: 'teenager teenagers teenage youth young people child children school',
  recovery_substance: 'drink drinking alcoholic addiction addicted drug sober substance',
  food: 'food bank hungry meals cooking eating',
  transport: 'lift lifts bus driver minibus travel getting around',
  legal: 'law solicitor immigration asylum rights court',
  language_settling: 'english esol refugee migrant interpreter new to the country',
  safety_abuse: 'domestic violence abuse unsafe crisis suicidal emergency frightened',
  something_else: '',
}

// Said around what is looked for, and in every entry or none.
const FILLERS = new Set(
  'a am an and any are at be feel feeling for from get group groups have help i im in is it ive like looking me my near need of on or please project some support that the there to want we what where who with'.split(
    ' ',
  ),
)

const MOST_TYPED = 100
const MOST_WORDS = 8
// What is left has to be long enough to mean something by itself.
const ENDING = /^(\p{L}{4,}?)(ings?|ed|es|s)$/u

/** Small letters and digits without accents; "Men’s" is "mens". */
export function foldWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/['’‘ʼ]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** What somebody looks for: the words themselves, and how words of an entry may begin to be found by them. */
export interface WordSought {
  word: string
  start: string
}

/** Quotes and operators that were typed mean nothing: only words are looked for. */
export function wordsSought(text: string): WordSought[] {
  const all = [...new Set(foldWords(text.slice(0, MOST_TYPED)))]
  const telling = all.filter((word) => !FILLERS.has(word))
  return (telling.length > 0 ? telling : all).slice(0, MOST_WORDS).map((word) => ({
    word,
    start: ENDING.exec(word)?.[1] ?? word,
  }))
}
