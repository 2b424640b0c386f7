import type { App } from '../site.ts'
import * as assets from './assets.ts'
import { renderError } from './errors.ts'
import * as home from './home.ts'
import * as mailbox from './mailbox.ts'
import * as myReferrals from './my-referrals.ts'
import * as referCheck from './refer-check.ts'
import * as referSent from './refer-sent.ts'
import * as referWhy from './refer-why.ts'
import * as referWho from './refer-who.ts'
import * as signIn from './sign-in.ts'
import * as start from './start.ts'

const PAGES = [assets, start, signIn, home, mailbox, referWho, referWhy, referCheck, referSent, myReferrals]

/** Every page. `app` takes forms already (plugins/forms.ts). */
export async function addPages(app: App): Promise<void> {
  app.renderError = renderError
  for (const page of PAGES) await page.register(app)
}
