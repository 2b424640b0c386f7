import { chooseNavigator } from '../../domain/assignment.ts'
import { londonDay } from '../../domain/day.ts'
import { assign } from '../../domain/referral.ts'
import { listServices, listUnassigned } from '../../store/clocks.ts'
import type { Db } from '../../store/database.ts'
import { findServiceSettings } from '../../store/organisations.ts'
import { getPerson } from '../../store/people.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { countOpenReferrals, listPresentNavigators } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { getLimits } from '../steps/limits.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { inTurn, sweep } from './sweep.ts'

/** New referrals of services that want it so: to the navigator of the ward who carries least. */
export async function assignByLoad(context: Context, signal: AbortSignal): Promise<number> {
  const services = (await listServices(context.db.read)).filter(({ settings }) => settings?.assignsAutomatically)
  return inTurn(services, async ({ id }) => {
    const present = await listPresentNavigators(context.db.read, id, londonDay(context.now()))
    if (present.length === 0) return 0
    // Counted once for many referrals, and what was given since is added: by referral, for a unit may run twice.
    let counted = new Map<string, number>()
    const given = new Map<string, string>()
    const loadOf = (userId: string) =>
      (counted.get(userId) ?? 0) + [...given.values()].filter((to) => to === userId).length
    return sweep<ReferralRow>(
      context,
      {
        async list(db, page) {
          counted = await countOpenReferrals(db, id)
          given.clear()
          return listUnassigned(db, id, page)
        },
        async take(tx, referralId) {
          const to = await assignOne(context, tx, referralId, loadOf)
          if (to) given.set(referralId, to)
          return to !== undefined
        },
      },
      signal,
    )
  })
}

async function assignOne(
  context: Context,
  tx: Db,
  id: string,
  loadOf: (userId: string) => number,
): Promise<string | undefined> {
  const referral = await findReferral(tx, id)
  if (referral?.status !== 'submitted') return undefined
  const { receivingOrganisationId: organisationId } = referral
  if (!(await findServiceSettings(tx, organisationId))?.assignsAutomatically) return undefined
  const present = await listPresentNavigators(tx, organisationId, londonDay(context.now()))
  const candidates = present.map((user) => ({ ...user, openReferrals: loadOf(user.id) }))
  const { wardCode } = await getPerson(tx, referral.personId)
  const chosen = chooseNavigator(candidates, wardCode)
  if (!chosen) return undefined
  const step = assign(referral, chosen.id, ['system'], await getLimits(tx, referral))
  await takeReferralStep(context, tx, 'system', referral, step, { detail: { navigatorId: chosen.id } })
  return chosen.id
}
