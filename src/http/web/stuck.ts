import type { Context } from '../../actions/context.ts'
import type { ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import { listStuck, readDue } from '../../actions/referrals/open-board.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { UNANSWERED } from '../../domain/stages.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation } from './addresses.ts'
import { countWords } from './board.ts'
import { addressWith, chosenIn, cursorIn, filterModel, listingOf, offeredTo } from './board-filter.ts'
import { contactModel } from './contact.ts'
import { tipping } from './due-picture.ts'
import { freshForm } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { personFacts } from './person-words.ts'
import { doneWords } from './referral.ts'
import { type NextStep, nextSteps } from './referral-work.ts'
import { priorityTag, referralTag } from './tags.ts'
import { ticket, troubleWords } from './ticket.ts'
import { placementWays } from './ways.ts'
import { riskWords } from './words.ts'

/** How many more stand below the one on top. */
const BELOW = 10

/** The one thing that gets it going again, and what else may. After each of them this page comes back with the next. */
export function waysOut(referral: ReferralView, summary: Pick<ReferralSummary, 'troubles'>, base: string): NextStep[] {
  const page = `${base}/referrals/${referral.id}`
  const silent = referral.placements.filter(({ status }) => UNANSWERED.some((one) => one === status))
  const recalls = summary.troubles.includes('silent')
    ? silent.flatMap((placement) => {
        const recall = placementWays(placement, base).find(({ door }) => door === 'recall')
        return recall ? [{ text: `Recall the request: ${placement.project.name}`, href: recall.href }] : []
      })
    : []
  const inVain = summary.troubles.includes('tries') && referral.allowedActions.includes('close')
  const giveUp = inVain ? [{ text: 'Close as could not be reached', href: `${page}/close` }] : []
  const steps: NextStep[] = [...recalls, ...nextSteps(referral, base), ...giveUp]
  return steps.map((step) => ({
    text: step.text,
    ...(step.href ? { href: `${step.href}?from=stuck` } : {}),
    ...(step.action ? { action: `${step.action}?from=stuck` } : {}),
  }))
}

function topModel(referral: ReferralView, summary: ReferralSummary, base: string) {
  const mayLog = referral.allowedActions.includes('contacts')
  const steps = waysOut(referral, summary, base)
  // One thing stands out: calling, where nothing else gets it going.
  const isMain = steps.length === 0
  const contact = mayLog ? contactModel(referral, base, freshForm({ channel: 'phone', note: '' }), { isMain }) : null
  return {
    href: `${base}/referrals/${referral.id}`,
    reference: referral.reference,
    person: personFacts(referral.person),
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    risks: riskWords(referral),
    needs: referral.needs.map(({ label }) => label),
    area: summary.area,
    days: summary.daysWaiting,
    navigator: referral.navigator?.name ?? null,
    troubles: troubleWords(summary),
    next: referral.nextAction,
    steps,
    // Telling somebody another way is logged like any other contact, and then the message is no trouble any more.
    unheard: summary.troubles.includes('unheard'),
    contact: contact && { ...contact, action: `${contact.action}?from=stuck` },
  }
}

type Listing = Parameters<typeof listStuck>[2]

/** After what was left for later; where nothing stands there, or the address was cut, the worst one is on top again. */
async function goingOn(context: Context, actor: Actor, listing: Listing, after: string | undefined) {
  const fromTop = async () => ({ ...(await listStuck(context, actor, listing)), isFirst: true })
  if (!after) return fromTop()
  try {
    const found = await listStuck(context, actor, { ...listing, after })
    return found.items.length > 0 ? { ...found, isFirst: false } : await fromTop()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-input') throw error
    return fromTop()
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/stuck', atOrganisation, async (request, reply) => {
    const { context } = request
    const actor = actorOf(request)
    const base = baseOf(actor)
    const path = `${base}/stuck`
    const offered = await offeredTo(context, actor)
    const chosen = chosenIn(request.query, actor, offered)
    const listing = { ...listingOf(chosen), limit: BELOW + 1 }
    const { items, count, next, since, isFirst } = await goingOn(context, actor, listing, cursorIn(request.query))
    const [summary, ...below] = items
    const tips = tipping(await readDue(context, actor, listing), londonDay(context.now()))
    const referral = summary && (await openReferral(context, actor, summary.id))
    const frame = { title: 'Stuck', part: path, scripts: ['changes'], done: doneWords(request.query) }
    const model = {
      filter: filterModel(path, chosen, offered, actor),
      count: countWords(count),
      isFirst,
      top: referral && summary ? topModel(referral, summary, base) : null,
      below: below.map((item) => ticket(item, actor)),
      tips: tips.some((tip) => tip.count > 0) ? tips : [],
      dueHref: addressWith(`${base}/list`, chosen),
      nextHref: next && addressWith(path, chosen, { after: next }),
      firstHref: isFirst ? null : addressWith(path, chosen),
      listHref: addressWith(`${base}/list`, chosen, { stage: 'stuck' }),
      boardHref: `${base}/board`,
      changesHref: `${base}/changes?since=${since}`,
      hereHref: addressWith(path, chosen),
    }
    return show(request, reply, 'stuck', frame, model)
  })
}
