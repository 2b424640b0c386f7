import { LOOKS_AT_PLACES } from './looks-at-places.ts'
import { LOOKED_AT_ON_THE_WAY, LOOKS_OF_THE_PERSON } from './looks-of-the-person.ts'

/** Who looks: one sign-in of the demonstration for each kind of work. */
export const WHO = {
  nobody: null,
  practice: 'referrer@st-marys-surgery.example',
  lead: 'lead@so-linked.example',
  project: 'worker@solent-mind.example',
  befriending: 'worker@communicare.example',
  administrator: 'admin@so-linked.example',
  analyst: 'analyst@public-health.example',
  operator: 'admin@trellis.example',
}

export type Who = keyof typeof WHO
export const SERVICE: Who[] = ['lead', 'administrator', 'analyst', 'operator']
export const OTHERS = (Object.keys(WHO) as Who[]).filter((who) => !SERVICE.includes(who))

/** A press that leads to another page, a click that stays, or something typed. */
export type Step = string | { click: string } | { fill: string; with: string }

export interface Look {
  name: string
  who: Who
  /** Where it begins. */
  at: string
  steps?: Step[]
  /** The route that it ends on, as the server names it: what has no look at all fails a test. */
  page: string
}

const SURGERY = '/o/st-marys-surgery'
const BOARD = '/o/so-linked/board?whose=all'
const HUB = '/o/so-linked'
const WEEK = '/o/solent-mind/placements'
const O = '/o/:organisation'

const toCall = '.trellis-column--contacting h3 a'
const withProvider = '.trellis-column--with-provider h3 a'
const toPlan = '.trellis-ticket:has-text("Agree with the person") h3 a'
const send = 'main form button'
const ENTRIES = '/o/solent-mind/projects'
const entry = 'main a[href*="/projects/"]:not([href$="/new"])'
const group = 'main a[href*="/groups/"][href$="/edit"]'
const groupRules = 'main a[href*="/groups/"][href$="/rules"]'
const rule = 'main a[href*="/rules/"]'
const moreWays = { click: 'summary:has-text("More you can do")' }
const colleague = 'main a[href*="/colleagues/"]:not([href$="invite"])'

// One line for each page, and for each state of it that looks different.
export const LOOKS: Look[] = [
  { name: 'start', who: 'nobody', at: '/', page: '/' },
  { name: 'sign-in', who: 'nobody', at: '/sign-in', page: '/sign-in' },
  { name: 'sign-in-faults', who: 'nobody', at: '/sign-in', steps: [send], page: '/sign-in' },
  { name: 'not-found', who: 'nobody', at: '/no/such/page', page: '*' },
  { name: 'mailbox', who: 'nobody', at: '/dev/mailbox', page: '/dev/mailbox' },
  { name: 'mail', who: 'nobody', at: '/dev/mailbox', steps: ['main h2 a'], page: '/dev/mailbox/:id' },

  { name: 'directory', who: 'nobody', at: '/directory?q=garden&only=free', page: '/directory' },
  { name: 'directory-nothing', who: 'nobody', at: '/directory?q=woodwork&day=1', page: '/directory' },
  { name: 'directory-long-word', who: 'nobody', at: `/directory?q=${'x'.repeat(90)}`, page: '/directory' },
  { name: 'directory-entry', who: 'nobody', at: '/directory/community-roots', page: '/directory/:slug' },
  { name: 'directory-staff', who: 'lead', at: '/o/so-linked/directory', page: `${O}/directory` },
  {
    name: 'directory-staff-entry',
    who: 'lead',
    at: '/o/so-linked/directory/housing-advice',
    page: `${O}/directory/:slug`,
  },

  { name: 'messages', who: 'lead', at: `${HUB}/messages`, page: `${O}/messages` },
  { name: 'messages-project', who: 'project', at: '/o/solent-mind/messages', page: `${O}/messages` },
  { name: 'mail-choice', who: 'lead', at: `${HUB}/settings/mail`, page: `${O}/settings/mail` },
  { name: 'my-referrals', who: 'practice', at: `${SURGERY}/referrals`, page: `${O}/referrals` },
  { name: 'refer-who-faults', who: 'practice', at: `${SURGERY}/refer`, steps: [send], page: `${O}/refer` },
  {
    name: 'follow',
    who: 'practice',
    at: `${SURGERY}/referrals`,
    steps: ['.trellis-row h2 a'],
    page: `${O}/referrals/:id`,
  },
  { name: 'forbidden', who: 'practice', at: `${SURGERY}/board`, page: `${O}/board` },

  { name: 'board', who: 'lead', at: BOARD, page: `${O}/board` },
  { name: 'work-to-call', who: 'lead', at: BOARD, steps: [toCall], page: `${O}/referrals/:id` },
  { name: 'contact', who: 'lead', at: BOARD, steps: [toCall, '+/contact'], page: `${O}/referrals/:id/contact` },
  { name: 'close-faults', who: 'lead', at: BOARD, steps: [toCall, '+/close', send], page: `${O}/referrals/:id/close` },
  { name: 'withdraw', who: 'lead', at: BOARD, steps: [toCall, '+/withdraw'], page: `${O}/referrals/:id/withdraw` },
  { name: 'assign', who: 'lead', at: BOARD, steps: [toCall, '+/assign'], page: `${O}/referrals/:id/assign` },
  {
    name: 'ask-faults',
    who: 'lead',
    at: BOARD,
    steps: [toCall, '+/do/ask', send],
    page: `${O}/referrals/:id/do/:verb`,
  },
  { name: 'work-with-provider', who: 'lead', at: BOARD, steps: [withProvider], page: `${O}/referrals/:id` },
  {
    name: 'withdraw-place',
    who: 'lead',
    at: BOARD,
    steps: [withProvider, 'main a[href*="/placements/"][href$="/withdraw"]'],
    page: `${O}/placements/:id/withdraw`,
  },
  {
    name: 'matches',
    who: 'lead',
    at: BOARD,
    steps: [withProvider, '+/matches', { click: 'details:not(details details) >> nth=-1 >> summary >> nth=0' }],
    page: `${O}/referrals/:id/matches`,
  },
  {
    name: 'risks',
    who: 'lead',
    at: BOARD,
    steps: ['.trellis-ticket:has-text("Risk") h3 a', 'text=Show detail'],
    page: `${O}/referrals/:id/risks`,
  },
  {
    name: 'plan-faults',
    who: 'lead',
    at: BOARD,
    steps: [toPlan, '+/plan', { fill: '#importance-1', with: '99' }, 'button:has-text("Save the plan")'],
    page: `${O}/referrals/:id/plan`,
  },

  { name: 'facts', who: 'lead', at: BOARD, steps: [toPlan, '+/facts'], page: `${O}/referrals/:id/facts` },
  { name: 'did-they-go', who: 'lead', at: '/o/so-linked/did-they-go', page: `${O}/did-they-go` },
  {
    name: 'point',
    who: 'lead',
    at: '/o/so-linked/directory/so-links-networks',
    steps: ['main a[href*="/point/"]'],
    page: `${O}/point/:id`,
  },
  { name: 'list', who: 'lead', at: '/o/so-linked/list?stage=matching', page: `${O}/list` },
  { name: 'stuck', who: 'lead', at: '/o/so-linked/stuck', page: `${O}/stuck` },
  {
    name: 'assign-several',
    who: 'lead',
    at: '/o/so-linked/list?stage=new',
    steps: [{ click: '.trellis-select input[type=checkbox]' }, 'button:has-text("Give")'],
    page: `${O}/assign`,
  },
  { name: 'search', who: 'lead', at: '/o/so-linked/search', page: `${O}/search` },
  {
    name: 'search-found',
    who: 'lead',
    at: '/o/so-linked/search',
    steps: [{ fill: 'main input[name=q]', with: 'O’Brien' }, 'main button:has-text("Search")'],
    page: `${O}/search`,
  },
  {
    name: 'correct-person',
    who: 'lead',
    at: BOARD,
    steps: [toCall, moreWays, 'a:has-text("Correct the details")'],
    page: `${O}/people/:id/correct`,
  },
  {
    name: 'same-person',
    who: 'lead',
    at: BOARD,
    steps: [toCall, '+/same-person'],
    page: `${O}/referrals/:id/same-person`,
  },

  { name: 'week', who: 'project', at: WEEK, page: `${O}/placements` },
  { name: 'decide', who: 'project', at: WEEK, steps: ['main section h3 a'], page: `${O}/placements/:id` },
  {
    name: 'decline-faults',
    who: 'project',
    at: WEEK,
    steps: ['main section h3 a', 'text=No, decline', send],
    page: `${O}/placements/:id/decline`,
  },

  {
    name: 'register',
    who: 'project',
    at: WEEK,
    steps: ['main a[href*="/register"]'],
    page: `${O}/groups/:id/register`,
  },

  { name: 'colleagues', who: 'administrator', at: `${HUB}/colleagues`, page: `${O}/colleagues` },
  {
    name: 'invite-faults',
    who: 'administrator',
    at: `${HUB}/colleagues/invite`,
    steps: [send],
    page: `${O}/colleagues/invite`,
  },
  { name: 'colleague', who: 'administrator', at: `${HUB}/colleagues`, steps: [colleague], page: `${O}/colleagues/:id` },
  {
    name: 'remove-colleague',
    who: 'administrator',
    at: `${HUB}/colleagues`,
    steps: [colleague, '+/remove'],
    page: `${O}/colleagues/:id/remove`,
  },
  { name: 'settings', who: 'administrator', at: `${HUB}/settings`, page: `${O}/settings` },
  { name: 'looks', who: 'administrator', at: `${HUB}/looks`, page: `${O}/looks` },
  { name: 'break-glass', who: 'operator', at: '/o/trellis/break-glass', page: `${O}/break-glass` },

  { name: 'home', who: 'analyst', at: '/o/public-health', page: O },

  { name: 'entries', who: 'project', at: ENTRIES, page: `${O}/projects` },
  { name: 'entry-new-faults', who: 'project', at: `${ENTRIES}/new`, steps: [send], page: `${O}/projects/new` },
  { name: 'entry', who: 'project', at: ENTRIES, steps: [entry], page: `${O}/projects/:id` },
  { name: 'entry-edit', who: 'project', at: ENTRIES, steps: [entry, '+/edit'], page: `${O}/projects/:id/edit` },
  {
    name: 'entry-preview',
    who: 'project',
    at: ENTRIES,
    steps: [entry, '+/preview'],
    page: `${O}/projects/:id/preview`,
  },
  {
    name: 'entry-history',
    who: 'project',
    at: ENTRIES,
    steps: [entry, '+/history'],
    page: `${O}/projects/:id/history`,
  },
  { name: 'entry-rules', who: 'project', at: ENTRIES, steps: [entry, '+/rules'], page: `${O}/projects/:id/rules` },
  {
    name: 'entry-rule',
    who: 'project',
    at: ENTRIES,
    steps: [entry, '+/rules', rule],
    page: `${O}/projects/:id/rules/:rule`,
  },
  {
    name: 'group-new-faults',
    who: 'project',
    at: ENTRIES,
    steps: [entry, '+/groups/new', send],
    page: `${O}/projects/:id/groups/new`,
  },
  { name: 'group-edit', who: 'project', at: ENTRIES, steps: [entry, group], page: `${O}/groups/:id/edit` },
  {
    name: 'group-rules',
    who: 'project',
    at: ENTRIES,
    steps: [entry, groupRules],
    page: `${O}/groups/:id/rules`,
  },
  {
    name: 'group-rule',
    who: 'project',
    at: ENTRIES,
    steps: [entry, groupRules, rule],
    page: `${O}/groups/:id/rules/:rule`,
  },
  ...LOOKS_AT_PLACES,
  ...LOOKS_OF_THE_PERSON,
  { name: 'places-of-groups', who: 'project', at: '/o/solent-mind/locations', page: `${O}/locations` },
  {
    name: 'place-of-groups',
    who: 'project',
    at: '/o/solent-mind/locations',
    steps: ['main a[href*="/locations/"]'],
    page: `${O}/locations/:id`,
  },

  { name: 'localities', who: 'administrator', at: '/o/so-linked/localities', page: `${O}/localities` },
  { name: 'geography', who: 'operator', at: '/o/trellis/geography', page: `${O}/geography` },
  { name: 'imports', who: 'operator', at: '/o/trellis/imports', page: `${O}/imports` },
  { name: 'import', who: 'operator', at: '/o/trellis/imports', steps: ['main h2 a'], page: `${O}/imports/:id` },
]

/** Routes whose look is taken elsewhere: what leads there is long, and another test in the browser goes that way. */
export const LOOKED_AT_IN_THE_JOURNEY = [
  '/l/:token',
  ...LOOKED_AT_ON_THE_WAY,
  `${O}/refer/:id/known`,
  `${O}/looks/referral/:id`,
  `${O}/looks/placement/:id`,
  `${O}/looks/by/:id`,
  `${O}/refer/:id/why`,
  `${O}/refer/:id/check`,
  `${O}/referrals/:id/sent`,
  `${O}/placements/:id/end`,
]
