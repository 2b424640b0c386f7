import type { StatusShown } from '../../actions/self/look-up-status.ts'
import { STATUS_STEPS } from '../../domain/status-step.ts'
import { dayIn } from '../../words/days.ts'
import type { Language } from '../../words/language.ts'
import { ringModel } from './public-page.ts'

/** The steps as stones, today's marked, and what happens next in the person's words. */
export function statusModel(tongue: Language, { step, service, phone, next }: StatusShown) {
  const { say } = tongue
  const now = STATUS_STEPS.indexOf(step)
  return {
    isClosed: step === 'closed',
    stones: STATUS_STEPS.filter((one) => one !== 'closed').map((one, index) => ({
      text: say(`where.step.${one}`),
      isDone: index < now,
      isNow: index === now,
    })),
    who: say(`where.who.${next?.owner ?? 'closed'}`, { service }),
    next: next ? say(`where.next.${next.what}`) : say('where.next.closed'),
    by: next && say('where.by', { day: dayIn(tongue, next.due) }),
    contact: say('where.contact', { service }),
    ring: ringModel(tongue, phone ? { service, phone } : null),
  }
}
