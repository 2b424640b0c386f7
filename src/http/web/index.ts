import { preparePages } from '../../templates.ts'
import type { App } from '../site.ts'
import * as assets from './assets.ts'
import * as assign from './assign.ts'
import * as board from './board.ts'
import * as breakGlass from './break-glass.ts'
import * as changes from './changes.ts'
import * as close from './close.ts'
import * as colleague from './colleague.ts'
import * as colleagueInvite from './colleague-invite.ts'
import * as colleagues from './colleagues.ts'
import * as contact from './contact.ts'
import * as decline from './decline.ts'
import * as directory from './directory.ts'
import * as small from './do.ts'
import * as entry from './entry.ts'
import * as entryEdit from './entry-edit.ts'
import * as entryGroup from './entry-group.ts'
import * as entryPlace from './entry-place.ts'
import * as entryRules from './entry-rules.ts'
import { renderError } from './errors.ts'
import * as facts from './facts.ts'
import * as fit from './fit.ts'
import * as geography from './geography.ts'
import * as home from './home.ts'
import * as imports from './imports.ts'
import * as link from './link.ts'
import * as list from './list.ts'
import * as localities from './localities.ts'
import * as looks from './looks.ts'
import * as mailChoice from './mail-choice.ts'
import * as mailbox from './mailbox.ts'
import * as matches from './matches.ts'
import * as myReferrals from './my-referrals.ts'
import * as organisationMessages from './organisation-messages.ts'
import * as personCorrect from './person-correct.ts'
import * as placement from './placement.ts'
import * as placementEnd from './placement-end.ts'
import * as placementSteps from './placement-steps.ts'
import * as places from './places.ts'
import * as placesMap from './places-map.ts'
import * as plan from './plan.ts'
import * as referCheck from './refer-check.ts'
import * as referDelete from './refer-delete.ts'
import * as referKnown from './refer-known.ts'
import * as referSent from './refer-sent.ts'
import * as referWho from './refer-who.ts'
import * as referWhy from './refer-why.ts'
import * as referral from './referral.ts'
import * as projectRegister from './register.ts'
import * as risks from './risks.ts'
import * as samePerson from './same-person.ts'
import * as search from './search.ts'
import * as selfReferral from './self-referral.ts'
import * as settings from './settings.ts'
import * as signIn from './sign-in.ts'
import * as signposts from './signposts.ts'
import * as start from './start.ts'
import * as stuck from './stuck.ts'
import * as take from './take.ts'
import * as thisWeek from './this-week.ts'
import * as visit from './visit.ts'
import * as volunteers from './volunteers.ts'
import * as where from './where.ts'
import * as withdraw from './withdraw.ts'

const FOR_EVERYBODY = [
  assets,
  start,
  signIn,
  home,
  mailbox,
  organisationMessages,
  mailChoice,
  small,
  search,
  directory,
  link,
  visit,
  selfReferral,
  where,
]
const FOR_THOSE_WHO_REFER = [referWho, referKnown, referWhy, referCheck, referSent, referDelete, myReferrals, referral]
const ON_THE_BOARD = [board, list, stuck, changes, take, assign]
const FOR_NAVIGATORS = [
  risks,
  contact,
  plan,
  matches,
  facts,
  signposts,
  close,
  withdraw,
  personCorrect,
  samePerson,
  placesMap,
]
const FOR_ENTRIES = [entry, entryEdit, entryGroup, entryPlace, entryRules]
const FOR_ADMINISTRATORS = [colleagues, colleagueInvite, colleague, settings, looks, localities]
const FOR_THE_OPERATOR = [breakGlass, geography, imports]
const FOR_PROJECTS = [
  thisWeek,
  projectRegister,
  placement,
  placementSteps,
  fit,
  decline,
  placementEnd,
  places,
  volunteers,
]

/** Every page. `app` takes forms already (plugins/forms.ts). */
export async function addPages(app: App): Promise<void> {
  app.renderError = renderError
  // Once it listens: a quarter of the time to start went to pages that nobody had asked for yet.
  app.addHook(
    'onListen',
    async () => void preparePages().catch((err) => app.log.error({ err }, 'A page cannot be compiled')),
  )
  const pages = [
    ...FOR_EVERYBODY,
    ...FOR_THOSE_WHO_REFER,
    ...ON_THE_BOARD,
    ...FOR_NAVIGATORS,
    ...FOR_PROJECTS,
    ...FOR_ENTRIES,
    ...FOR_ADMINISTRATORS,
    ...FOR_THE_OPERATOR,
  ]
  for (const page of pages) await page.register(app)
}
