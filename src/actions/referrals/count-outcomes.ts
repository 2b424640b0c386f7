import { type Day, londonDay, londonMoment } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { countSent } from '../../store/outcomes.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

const MONTHS = 12

export interface SentInMonth {
  /** The first day of the month in which they were sent. */
  month: Day
  completed: number
  endedOtherwise: number
  open: number
}

/** What became of the referrals that the actor's organisation sent in each of the last twelve months, this one included. */
export async function countOutcomes(context: Context, actor: Actor): Promise<SentInMonth[]> {
  permit(actor, 'referral.create')
  const months = lastMonths(londonDay(context.now()))
  const [first, ...others] = months.map((day) => londonMoment(day, 0))
  if (!first) return []
  const counts = await countSent(context.db.read, actor.organisationId, [first, ...others])
  return months.map((month, index) => {
    const sent = counts.filter(({ period }) => Number(period) === index)
    const sum = (those: typeof counts) => those.reduce((total, one) => total + one.count, 0)
    const open = sent.filter(({ status }) => isOpenReferral(status))
    const completed = sent.filter(({ status }) => status === 'completed')
    return {
      month,
      completed: sum(completed),
      open: sum(open),
      endedOtherwise: sum(sent) - sum(open) - sum(completed),
    }
  })
}

function lastMonths(today: Day): Day[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: MONTHS }, (_, back) => {
    const count = year * 12 + (month - 1) - (MONTHS - 1 - back)
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-01`
  })
}
