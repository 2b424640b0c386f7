import type { Look } from './looks.ts'

const ASK = '/refer-yourself'
const on = 'main form button'

/** The pages of the person's own. The way to the end of a self-referral is long: another test goes it. */
export const LOOKS_OF_THE_PERSON: Look[] = [
  { name: 'self-start', who: 'nobody', at: ASK, page: ASK },
  { name: 'self-question', who: 'nobody', at: ASK, steps: [on], page: `${ASK}/:question` },
  { name: 'self-faults', who: 'nobody', at: ASK, steps: [on, on], page: `${ASK}/:question` },
  { name: 'where', who: 'nobody', at: '/where', page: '/where' },
]

export const LOOKED_AT_ON_THE_WAY = [`${ASK}/check`, `${ASK}/help-now`, `${ASK}/done`]
