import { priceWords } from './cost.ts'
import type { SessionTime } from './directory.ts'
import { ACCESS } from './directory.ts'
import type { EligibilityRule } from './eligibility-rules.ts'
import { ruleSentence } from './eligibility-words.ts'
import { needLabel } from './needs.ts'
import { timesWords } from './session-times.ts'

/** What the columns of projects and groups are called in a history; what is missing here is nobody's business there. */
const COLUMN_WORDS: Record<string, string> = {
  name: 'Name',
  summary: 'What it is',
  firstVisit: 'The first visit',
  needs: 'What it helps with',
  rules: 'Who it is for',
  isListed: 'In the directory',
  status: 'Whether it runs',
  isOpenAccess: 'Open to all who come',
  greeter: 'Who meets you',
  howToRefer: 'How to refer',
  url: 'Web page',
  contactName: 'Contact',
  contactPhone: 'Phone',
  contactEmail: 'E-mail',
  costPence: 'Cost',
  costNote: 'Note on the cost',
  languages: 'Languages',
  access: 'Access',
  interests: 'What people enjoy there',
  alert: 'What to know now',
  schedule: 'When, in words',
  times: 'When',
  venue: 'Where',
  capacityKind: 'How many can come',
  places: 'Places',
  intakePaused: 'Intake paused',
  intakeReopensOn: 'Opens again on',
  courseStartsOn: 'Course begins',
  courseEndsOn: 'Course ends',
}

const CAPACITY_WORDS: Record<string, string> = {
  open: 'Open to all',
  places: 'A number of places',
  one_to_one: 'One to one',
}

function valueWords(column: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'Nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'Nothing' : listWords(column, value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (column === 'costPence') return priceWords(Number(value)) ?? ''
  return CAPACITY_WORDS[String(value)] ?? String(value)
}

function listWords(column: string, list: unknown[]): string {
  if (column === 'rules') return (list as EligibilityRule[]).map((rule) => ruleSentence(rule)).join('. ')
  if (column === 'times') return timesWords(list as SessionTime[])
  if (column === 'needs') return list.map((code) => needLabel(String(code))).join(', ')
  if (column === 'access') return list.map((code) => ACCESS[code as keyof typeof ACCESS] ?? String(code)).join(', ')
  return list.join(', ')
}

/** What one event changed, in words: before and after, only where the words differ. */
export function changedWords(changes: Record<string, [unknown, unknown]> | null) {
  return Object.entries(changes ?? {}).flatMap(([column, [was, is]]) => {
    const label = COLUMN_WORDS[column]
    const [before, after] = [valueWords(column, was), valueWords(column, is)]
    return label && before !== after ? [{ label, before, after }] : []
  })
}
