import { listTeam } from '../../actions/access/list-loads.ts'
import type { Context } from '../../actions/context.ts'
import { listWardChoices, type WardChoice } from '../../actions/geography/list-ward-choices.ts'
import { NEED_CODES, needLabel } from '../../domain/needs.ts'
import type { Actor } from '../../domain/organisation.ts'
import { PRIORITIES } from '../../domain/referral-request.ts'
import { SHOWS, type Show, STAGES, type Stage } from '../../domain/stages.ts'
import { queryWord, queryWords } from './addresses.ts'
import { PRIORITY_WORDS } from './words.ts'

export const STAGE_WORDS: Record<Stage, string> = {
  new: 'New',
  contacting: 'Contacting',
  matching: 'Matching',
  'with-provider': 'With a project',
  stuck: 'Stuck',
}

export const SHOW_WORDS: Record<Show, string> = {
  question: 'Question waiting',
  'on-hold': 'On hold',
  'other-team': 'With another team',
  overdue: 'Overdue',
}

/** What somebody chose to look at, as the address says it. */
export interface Chosen {
  /** `mine` with what nobody has taken, `all`, or the id of one colleague. */
  whose: string
  need: string | undefined
  ward: string | undefined
  priority: string | undefined
  shows: Show[]
  stage: Stage | undefined
  /** The address named something that nobody offers: it was left out. */
  hasUnknown: boolean
}

/** How many there are of what can be shown alone, in words, where a page counts them. */
type Counts = Partial<Record<Show, string>>

/** What there is to choose among, beside what is the same everywhere. */
export interface Offered {
  team: { id: string; name: string }[]
  wards: WardChoice[]
}

/** The colleagues and the wards that a filter offers. */
export async function offeredTo(context: Context, actor: Actor): Promise<Offered> {
  return { team: await listTeam(context, actor), wards: await listWardChoices(context) }
}

export function chosenIn(query: unknown, actor: Actor, { team, wards }: Offered): Chosen {
  let hasUnknown = false
  const oneOf = <T extends string>(name: string, offered: readonly T[]): T | undefined => {
    const asked = queryWords(query, name)
    const known = offered.find((one) => one === asked[0])
    if (asked.length > 1 || (asked[0] !== undefined && !known)) hasUnknown = true
    return known
  }
  const shows = queryWords(query, 'show')
  if (shows.some((show) => !SHOWS.some((one) => one === show))) hasUnknown = true
  const usual = actor.role === 'triage_lead' ? 'all' : 'mine'
  const chosen = {
    whose: oneOf('whose', ['mine', 'all', ...team.map(({ id }) => id)]) ?? usual,
    need: oneOf('need', NEED_CODES),
    ward: oneOf(
      'ward',
      wards.map(({ code }) => code),
    ),
    priority: oneOf('priority', PRIORITIES),
    shows: SHOWS.filter((show) => shows.includes(show)),
    stage: oneOf('stage', STAGES),
  }
  return { ...chosen, hasUnknown }
}

/** The same choice with something else: its address. The order is fixed, so that one choice has one address. */
export function addressWith(path: string, chosen: Chosen, other: Partial<Chosen> & { after?: string } = {}): string {
  const { whose, need, ward, priority, shows, stage, after } = { after: undefined, ...chosen, ...other }
  const pairs = [
    ['stage', stage],
    ['whose', whose],
    ['need', need],
    ['ward', ward],
    ['priority', priority],
    ...shows.map((show) => ['show', show]),
    ['after', after],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]))
  return `${path}?${new URLSearchParams(pairs).toString()}`
}

/** The choice as the actions take it. */
export function listingOf({ whose, need, ward, priority, shows }: Chosen) {
  return { assignee: whose === 'all' ? undefined : whose, need, ward, priority, shows }
}

/** What was chosen, each with the address that takes it away again. */
function chips(path: string, chosen: Chosen, { team, wards }: Offered, counts: Counts) {
  const { whose, need, ward, priority, shows } = chosen
  const colleague = team.find(({ id }) => id === whose)
  return [
    colleague && { text: `With ${colleague.name}`, href: addressWith(path, chosen, { whose: 'all' }) },
    need && { text: needLabel(need), href: addressWith(path, chosen, { need: undefined }) },
    ward && {
      text: wards.find(({ code }) => code === ward)?.name ?? ward,
      href: addressWith(path, chosen, { ward: undefined }),
    },
    priority && {
      text: PRIORITY_WORDS[priority as keyof typeof PRIORITY_WORDS],
      href: addressWith(path, chosen, { priority: undefined }),
    },
    ...shows.map((show) => ({
      text: SHOW_WORDS[show],
      count: counts[show],
      href: addressWith(path, chosen, { shows: shows.filter((one) => one !== show) }),
    })),
  ].filter((chip) => typeof chip === 'object')
}

/** What stands still and was not chosen, with how many and the address that chooses it. Nothing is offered in vain. */
function offers(path: string, chosen: Chosen, counts: Counts) {
  return SHOWS.filter((show) => counts[show] && counts[show] !== '0' && !chosen.shows.includes(show)).map((show) => ({
    text: SHOW_WORDS[show],
    count: counts[show],
    href: addressWith(path, chosen, { shows: SHOWS.filter((one) => one === show || chosen.shows.includes(one)) }),
  }))
}

/** The filter of a page at `path`: whose, the chosen ones as chips, and a form that works as a plain address. */
export function filterModel(path: string, chosen: Chosen, offered: Offered, actor: Actor, counts: Counts = {}) {
  const nothing = { need: undefined, ward: undefined, priority: undefined, shows: [] }
  const any = (text: string) => ({ value: '', text })
  const others = offered.team.filter(({ id }) => id !== actor.userId)
  const isOneOf = !['mine', 'all'].includes(chosen.whose)
  return {
    path,
    stage: chosen.stage ?? null,
    whose: [
      { text: 'New and mine', href: addressWith(path, chosen, { whose: 'mine' }), isNow: chosen.whose === 'mine' },
      { text: 'Everybody’s', href: addressWith(path, chosen, { whose: 'all' }), isNow: chosen.whose === 'all' },
    ],
    chips: chips(path, chosen, offered, counts).map((chip) => ({ count: null, ...chip })),
    offers: offers(path, chosen, counts),
    clearHref: addressWith(path, chosen, isOneOf ? { ...nothing, whose: 'all' } : nothing),
    hasUnknown: chosen.hasUnknown,
    form: {
      values: {
        whose: chosen.whose,
        need: chosen.need ?? '',
        ward: chosen.ward ?? '',
        priority: chosen.priority ?? '',
        show: chosen.shows,
      },
      errors: {},
    },
    fields: {
      whose: [
        { value: 'mine', text: 'New and mine' },
        { value: 'all', text: 'Everybody’s' },
        ...others.map(({ id, name }) => ({ value: id, text: name })),
      ],
      need: [any('Any need'), ...NEED_CODES.map((code) => ({ value: code, text: needLabel(code) }))],
      ward: [any('Any ward'), ...offered.wards.map(({ code, name }) => ({ value: code, text: name }))],
      priority: [any('Any priority'), ...PRIORITIES.map((value) => ({ value, text: PRIORITY_WORDS[value] }))],
      show: SHOWS.map((value) => ({ value, text: SHOW_WORDS[value] })),
    },
  }
}

/** The cursor of a list, if the address has one. */
export function cursorIn(query: unknown): string | undefined {
  return queryWord(query, 'after')
}
