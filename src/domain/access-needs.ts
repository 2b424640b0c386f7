import type { AccessCode } from './directory.ts'
import type { PersonFacts } from './person.ts'

/** What somebody needs to be able to come, and the words from which it was understood. */
export interface AccessNeed {
  code: AccessCode
  because: string
}

interface Sign {
  codes: AccessCode[]
  words: RegExp
}

/** Said in a "no" of their own: "no stairs" is a need, "no hearing problems" is none. */
const NEEDS_IN_A_NO: Sign[] = [
  {
    codes: ['step_free'],
    words:
      /\bno (stairs|steps)\b|\b(cannot|can not|can ?t|unable to|struggles? to|difficulty) .*\b(stairs|steps|climb|climbing)\b/,
  },
  { codes: ['by_bus'], words: /\b(no car|(do|does|can) ?(not|nt|n t) drive|cannot drive)\b/ },
  {
    codes: ['home_visits'],
    words:
      /\b(cannot|can ?t|can not|unable to|does ?n ?t|does not|never) leaves? (the |their |her |his )?(home|house|flat)\b/,
  },
]

const NEEDS: Sign[] = [
  { codes: ['step_free', 'accessible_toilet'], words: /\bwheel ?chair\b/ },
  {
    codes: ['step_free'],
    words: /\bstep free\b|\bwalking frame\b|\bwalker\b|\brollator\b|\bmobility scooter\b|\blevel access\b/,
  },
  { codes: ['accessible_toilet'], words: /\b(accessible|disabled) toilet\b/ },
  { codes: ['sign_language'], words: /\bbsl\b|\bsign language\b|\bsigner\b/ },
  {
    codes: ['hearing_loop'],
    words: /\bhearing (aids?|loop|loss|impair\w*)\b|\bhard of hearing\b|\bhears? (badly|poorly)\b|\bdeaf\b/,
  },
  { codes: ['quiet_space'], words: /\bquiet\b|\bautis\w*\b|\bnois[ey]\b|\bsensory\b|\bcrowds?\b|\bbusy places\b/ },
  { codes: ['blue_badge_parking'], words: /\bblue badge\b/ },
  { codes: ['by_bus'], words: /\bby bus\b|\bbus (only|route|stop)\b|\btakes? the bus\b/ },
  { codes: ['transport_help'], words: /\b(help with|needs?) (transport|getting there|a lift)\b/ },
  { codes: ['home_visits'], words: /\bhouse ?bound\b|\bbed ?bound\b|\bhome visits?\b/ },
  { codes: ['online'], words: /\b(online|video call) only\b/ },
  {
    codes: ['carers_welcome'],
    words: /\bcomes? with (a|an|her|his|their) (carer|support worker|personal assistant)\b|\bcarer comes\b/,
  },
  {
    codes: ['children_welcome'],
    words: /\bbrings? (her|his|their|the|a) (child|children|baby|toddler|son|daughter)\b/,
  },
]

const A_NO = /\b(no|not|never|none|without|nor|does ?n ?t|do ?n ?t|is ?n ?t|used to)\b/

/** One clause, so that a "no" reaches no further than it was meant. */
function clausesOf(text: string): string[] {
  return text
    .split(/[.,;:\n]|\b(?:but|and)\b/i)
    .map((clause) => clause.trim())
    .filter(Boolean)
}

function plain(clause: string): string {
  return clause
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function codesIn(clause: string): AccessCode[] {
  const words = plain(clause)
  const said = (signs: Sign[]) => signs.filter((sign) => sign.words.test(words)).flatMap(({ codes }) => codes)
  const inANo = said(NEEDS_IN_A_NO)
  return A_NO.test(words) ? inANo : [...inANo, ...said(NEEDS)]
}

/**
 * What is understood of somebody's communication and access needs. Only what is plainly said: a wrong guess would send
 * somebody to a place they cannot enter, so the text itself goes on standing beside it, for whoever reads.
 */
export function accessNeedsOf(person: { communicationNeeds: string | null; facts: PersonFacts }): AccessNeed[] {
  const needs = clausesOf(person.communicationNeeds ?? '').flatMap((clause) =>
    codesIn(clause).map((code) => ({ code, because: clause })),
  )
  if (person.facts.fallOrAtRisk) needs.push({ code: 'step_free', because: 'Had a fall, or is at risk of one' })
  // Who signs is not helped by a loop; the same need said twice is one.
  const signs = needs.some(({ code }) => code === 'sign_language')
  return needs.filter(
    ({ code }, at) => !(signs && code === 'hearing_loop') && needs.findIndex((other) => other.code === code) === at,
  )
}

/** Where somebody comes to the person, or nobody has to go anywhere, the way and the door stand in nobody's way. */
const NOWHERE_TO_GO: readonly AccessCode[] = ['home_visits', 'online']
const OF_THE_WAY: readonly AccessCode[] = [
  'step_free',
  'accessible_toilet',
  'blue_badge_parking',
  'by_bus',
  'transport_help',
]

/** Which of the needs an offer says it meets; of the others it has not said it, which is not a no. */
export function accessMet(needs: readonly AccessNeed[], offered: ReadonlySet<AccessCode>) {
  const isAtHome = NOWHERE_TO_GO.some((code) => offered.has(code))
  const met: AccessCode[] = []
  const unsaid: AccessCode[] = []
  for (const { code } of needs) {
    if (offered.has(code) || (isAtHome && OF_THE_WAY.includes(code))) met.push(code)
    else unsaid.push(code)
  }
  return { met, unsaid }
}
