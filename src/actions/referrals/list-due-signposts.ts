import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { countDueSignposts, listDueSignposts as readDue } from '../../store/signposts.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Page, readCursor, toPage } from '../page.ts'
import { recordListLook } from '../record.ts'

const ROWS = 50

/** Leads ask for the whole service; a navigator asks their own people, and those whom nobody has. */
function dueOf(context: Context, actor: Actor) {
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  return {
    receivingOrganisationId: actor.organisationId,
    navigatorId: actor.role === 'navigator' ? actor.userId : undefined,
    today: londonDay(context.now()),
  }
}

type DueRow = Awaited<ReturnType<typeof readDue>>[number]

/** Whom to ask whether they went where they were pointed, longest due first. Naming them is a look at each. */
export async function listDueSignposts(context: Context, actor: Actor, after?: string): Promise<Page<DueRow>> {
  const of = dueOf(context, actor)
  const cursor = readCursor(after)
  const from = cursor && { askOn: cursor.value, id: cursor.id }
  const rows = await readDue(context.db.read, of, { after: from, limit: ROWS + 1 })
  const page = toPage(
    rows,
    ROWS,
    ({ askOn, id }) => ({ value: askOn ?? of.today, id }),
    (shown) => shown,
  )
  await recordListLook(context, actor, 'referral', [...new Set(page.items.map(({ referralId }) => referralId))])
  return page
}

/** How many they are, counted no further than `most`. */
export async function countSignpostsToAsk(context: Context, actor: Actor, most: number): Promise<number> {
  return countDueSignposts(context.db.read, dueOf(context, actor), most)
}
