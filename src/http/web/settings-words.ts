import { LIMITS, type Limits } from '../../domain/next-action.ts'
import { rangeOf } from '../../domain/service-settings.ts'

type Name = keyof Limits
export const PRIORITIES = ['routine', 'priority', 'urgent'] as const

/** The limits in the order of a referral's way, and what each of them bounds. */
const GROUPS: { title: string; limits: [Name, string][] }[] = [
  {
    title: 'The first days',
    limits: [
      ['triage', 'Decide who takes a new referral'],
      ['firstContact', 'First contact with the person'],
      ['plan', 'Plan agreed after the first contact'],
      ['place', 'A project or something open found'],
    ],
  },
  {
    title: 'Questions and other teams',
    limits: [
      ['answer', 'Whoever referred answers a question'],
      ['answerProject', 'The navigator answers a project'],
      ['leastRemainder', 'Least time left when a clock starts again'],
      ['redirect', 'Another team answers'],
      ['afterReturn', 'Look again at what another team sent back'],
    ],
  },
  {
    title: 'Projects',
    limits: [
      ['decide', 'A project decides'],
      ['nudge', 'A project is reminded'],
      ['escalate', 'The navigator hears of the silence'],
      ['noResponse', 'A silent project is taken as no answer'],
      ['firstSession', 'First session after acceptance'],
      ['register', 'Register kept after a session'],
      ['rearrange', 'Another session arranged after a missed one'],
      ['courseEndReview', 'Review after a course ends'],
      ['reviewWeeks', 'Time between reviews'],
    ],
  },
  {
    title: 'Waiting and places',
    limits: [
      ['offer', 'The person answers an offer'],
      ['stillWantedWeeks', 'Time between asking “still wanted?”'],
      ['stillWantedAnswer', 'The person answers “still wanted?”'],
      ['holdWeeks', 'Longest hold or pause'],
    ],
  },
  {
    title: 'Afterwards',
    limits: [
      ['afterRefusal', 'Next step after a refusal'],
      ['checkIn', 'Ask how the first visit was'],
      ['lookAgain', 'Look again after an open end'],
      ['afterEnd', 'Next step after a place ended'],
      ['afterReopening', 'First step after reopening'],
      ['reopenDays', 'How long a closed referral can be opened again'],
    ],
  },
]

export interface LimitField {
  name: string
  label: string
  hint: string
}

function unitOf(name: Name): string {
  if (name.endsWith('Weeks')) return 'weeks'
  return name === 'reopenDays' ? 'days' : 'working days'
}

function fieldOf(name: Name, label: string, usual: number, at: string): LimitField {
  const { least, most } = rangeOf(name)
  return { name: at, label, hint: `Usually ${usual} ${unitOf(name)}. From ${least} to ${most}.` }
}

/** Every limit as a field of the form: one for each priority where they differ. */
export const LIMIT_GROUPS = GROUPS.map(({ title, limits }) => ({
  title,
  fields: limits.flatMap(([name, label]) => {
    const usual = LIMITS[name]
    return typeof usual === 'number'
      ? [fieldOf(name, label, usual, name)]
      : PRIORITIES.map((priority) => fieldOf(name, `${label}: ${priority}`, usual[priority], `${name}.${priority}`))
  }),
}))

/** The limits in force, as the fields hold them. */
export function limitValues(limits: Limits): Record<string, string> {
  const entries = Object.entries(limits).flatMap(([name, limit]) =>
    typeof limit === 'number'
      ? [[name, String(limit)]]
      : PRIORITIES.map((priority) => [`${name}.${priority}`, String(limit[priority])]),
  )
  return Object.fromEntries(entries)
}
