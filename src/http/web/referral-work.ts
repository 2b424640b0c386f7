import type { HistoryEntry } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { contactModel } from './contact.ts'
import { freshForm } from './forms.ts'
import { historyLines } from './history.ts'
import { personFacts } from './person-words.ts'
import { placementTag, priorityTag, referralTag } from './tags.ts'
import { listed, RISK_WORDS, reasonWords } from './words.ts'

interface NextStep {
  text: string
  href?: string
  /** A step without a page of its own: the button carries it out. */
  action?: string
}

/** The steps that stand out now, the first of them above all: they change with the state. */
export function nextSteps(referral: ReferralView, base: string): NextStep[] {
  const page = `${base}/referrals/${referral.id}`
  const hasOpenPlacement = referral.placements.some(({ status }) => isOpenPlacement(status))
  const may = (door: string) => referral.allowedActions.includes(door)
  if (referral.status === 'submitted' && may('assign')) return [{ text: 'Take this referral', action: `${page}/take` }]
  if (may('activate')) return [{ text: 'Agree the plan', href: `${page}/plan` }]
  if (!may('placements')) return []
  const find = { text: hasOpenPlacement ? 'Find another project' : 'Find a project', href: `${page}/matches` }
  if (hasOpenPlacement || referral.placements.length === 0) return [find]
  return [{ text: 'Close the referral', href: `${page}/close` }, find]
}

function otherWays(referral: ReferralView, actor: Actor, base: string, shown: NextStep[]) {
  const page = `${base}/referrals/${referral.id}`
  const may = (door: string) => referral.allowedActions.includes(door)
  const ways = [
    may('assign') && actor.role === 'triage_lead' && { text: 'Give it to a colleague', href: `${page}/assign` },
    may('close') && { text: 'Close the referral', href: `${page}/close` },
    may('withdraw') && { text: 'The person withdraws', href: `${page}/withdraw` },
  ]
  return ways.filter((way) => way !== false).filter(({ href }) => !shown.some((step) => step.href === href))
}

function placementLines(referral: ReferralView, base: string) {
  return referral.placements.map((placement) => ({
    project: placement.project.name,
    group: placement.group.name,
    schedule: placement.group.schedule,
    tag: placementTag(placement.status),
    reason: placement.reasonText,
    note: placement.note,
    overrideReason: placement.overrideReason,
    bookedFor: placement.status === 'booked' ? placement.bookedFor : null,
    came: placement.attendances.filter(({ attended }) => attended).length,
    missed: placement.attendances.filter(({ attended }) => !attended).length,
    nextAction: placement.nextAction,
    withdrawHref: placement.allowedActions.includes('withdraw') ? `${base}/placements/${placement.id}/withdraw` : null,
  }))
}

/** A referral for those who work with the person. */
export function workModel(referral: ReferralView, history: HistoryEntry[], actor: Actor, base: string) {
  const steps = nextSteps(referral, base)
  const mayLog = referral.allowedActions.includes('contacts')
  return {
    referral,
    person: personFacts(referral.person),
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    isMine: referral.navigator?.id === actor.userId,
    steps,
    // Calling is the step itself while nobody has spoken with the person; later it stands below.
    callsFirst: referral.status === 'assigned' && mayLog,
    contact: mayLog ? contactModel(referral, base, freshForm({ channel: 'phone', note: '' })) : null,
    needs: referral.needs.map(({ label }) => label),
    risks: referral.riskKinds?.length ? listed([...new Set(referral.riskKinds)].map((kind) => RISK_WORDS[kind])) : null,
    risksHref: `${base}/referrals/${referral.id}/risks`,
    placements: placementLines(referral, base),
    closingReason: reasonWords(referral.closing?.reason ?? null),
    history: historyLines(history, referral),
    ways: otherWays(referral, actor, base, steps),
  }
}
