import type { EligibilityRule } from './eligibility-rules.ts'
import { AS_GENDER } from './eligibility-words.ts'

/** Questions, codes and names as they are compared: however they were typed. */
export const asCompared = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()

/** Whose rule asks: a project's own, or one of its groups'. */
export interface Asker {
  /** Of the group where it is a group's rule, else of the project. */
  id: string
  project: string
  group: string | null
}

/** What to ask where nobody knows yet: a question that yes or no answers. Age, needs and referrer are always known. */
function plainQuestion(rule: EligibilityRule): string {
  switch (rule.rule) {
    case 'area':
      return `${LIVES_IN}${rule.name}?`
    case 'route':
      return `Has the person been invited to ${rule.invitedTo ?? 'this group'}?`
    case 'diagnosis':
      return `Does the person have ${rule.name}?`
    case 'severe_mental_illness':
      return 'Does the person have severe and enduring mental health needs?'
    case 'recovering_from':
      return `Is the person recovering from ${rule.name}?`
    case 'fall_or_at_risk':
      return 'Has the person had a fall, or are they at risk of one?'
    case 'gender_focus':
      return `Does the person describe themselves as ${AS_GENDER[rule.gender]}?`
    case 'travel':
      return 'Can the person get to a project, alone or with somebody?'
    case 'exclusion':
      return `Is the person one of those who ${rule.who}?`
    case 'ask':
      return rule.question
    case 'age':
    case 'need':
      return 'Does this fit the person?'
  }
}

const LIVES_IN = 'Does the person live, or mostly stay, in '

/** Whether a question is about where somebody lives, by its words alone: answers were once kept without their rule. */
export function asksWhereTheyLive(question: string): boolean {
  return question.startsWith(LIVES_IN)
}

// "Our streets" are somebody else's elsewhere.
const RELATIVE = /(?<![\p{L}’'])(?:our|ours|us|we|my|here|this|these|there)(?![\p{L}’'])/iu
const JOINING = ['and', 'or', 'of', 'in', 'the', 'to', 'on']

/** "Southampton", "SO14" and "Bevois, Bargate or St Mary’s" are the same whoever says them; "the area" is not. */
function isProperName(words: string): boolean {
  const parts = words.split(/[\s,;/&+()-]+/).filter(Boolean)
  return parts.every((part) => JOINING.includes(part) || /^[\p{Lu}\d]/u.test(part))
}

/** Whether the same words could mean something else to another project: then an answer is to this one alone. */
export function isOwnQuestion(rule: EligibilityRule): boolean {
  switch (rule.rule) {
    case 'route':
    case 'ask':
    case 'exclusion':
      return true
    case 'area':
      return RELATIVE.test(rule.name) || !isProperName(rule.name)
    case 'diagnosis':
    case 'recovering_from':
      return RELATIVE.test(rule.name)
    default:
      return false
  }
}

const fullName = ({ project, group }: Asker) => (group && group !== project ? `${group} of ${project}` : project)

/** The question as it is put to somebody: one that only this project can mean names it. */
export function questionOf(rule: EligibilityRule, asker: Asker | null = null): string {
  const question = plainQuestion(rule)
  if (asker === null || !isOwnQuestion(rule)) return question
  const names = asker.group ? [asker.group, asker.project] : [asker.project]
  if (names.every((name) => question.toLowerCase().includes(name.toLowerCase()))) return question
  return `${fullName(asker)} asks: ${question}`
}
