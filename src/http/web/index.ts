import { preparePages } from '../../templates.ts'
import type { App } from '../site.ts'
import * as assets from './assets.ts'
import * as assign from './assign.ts'
import * as board from './board.ts'
import * as close from './close.ts'
import * as contact from './contact.ts'
import * as decline from './decline.ts'
import * as small from './do.ts'
import { renderError } from './errors.ts'
import * as home from './home.ts'
import * as mailbox from './mailbox.ts'
import * as matches from './matches.ts'
import * as myReferrals from './my-referrals.ts'
import * as placement from './placement.ts'
import * as placementEnd from './placement-end.ts'
import * as placementSteps from './placement-steps.ts'
import * as places from './places.ts'
import * as plan from './plan.ts'
import * as referCheck from './refer-check.ts'
import * as referSent from './refer-sent.ts'
import * as referWho from './refer-who.ts'
import * as referWhy from './refer-why.ts'
import * as referral from './referral.ts'
import * as projectRegister from './register.ts'
import * as risks from './risks.ts'
import * as signIn from './sign-in.ts'
import * as start from './start.ts'
import * as take from './take.ts'
import * as thisWeek from './this-week.ts'
import * as withdraw from './withdraw.ts'

const FOR_EVERYBODY = [assets, start, signIn, home, mailbox, small]
const FOR_THOSE_WHO_REFER = [referWho, referWhy, referCheck, referSent, myReferrals, referral]
const FOR_NAVIGATORS = [board, take, assign, risks, contact, plan, matches, close, withdraw]
const FOR_PROJECTS = [thisWeek, projectRegister, placement, placementSteps, decline, placementEnd, places]

/** Every page. `app` takes forms already (plugins/forms.ts). */
export async function addPages(app: App): Promise<void> {
  app.renderError = renderError
  preparePages()
  const pages = [...FOR_EVERYBODY, ...FOR_THOSE_WHO_REFER, ...FOR_NAVIGATORS, ...FOR_PROJECTS]
  for (const page of pages) await page.register(app)
}
