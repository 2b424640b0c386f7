import type { DeclineReason } from './placement-reasons.ts'
import { Refusal } from './refusal.ts'

/** Why nothing could be found for a need: by a navigator's word, or by a project's refusal. */
export const UNMET_REASONS = ['nothing_fits', 'no_room', 'not_eligible', 'too_far', 'outside_area'] as const
export type UnmetReason = (typeof UNMET_REASONS)[number]

export const UNMET_REASON_WORDS: Record<UnmetReason, string> = {
  nothing_fits: 'There is nothing for it',
  no_room: 'No room, or too long a wait',
  not_eligible: 'The rules leave this person out',
  too_far: 'Too far away, or no way to get there',
  outside_area: 'Not for the area they live in',
}

/** A project's refusal that tells of a need which stays unmet; the others tell of something else. */
const BY_DECLINE: Partial<Record<DeclineReason, UnmetReason>> = {
  no_capacity: 'no_room',
  not_eligible: 'not_eligible',
  outside_area: 'outside_area',
}

/** What a refusal leaves unmet: of the person's needs those that the project is for, else all of them. */
export function unmetByDecline(
  reason: DeclineReason,
  { needs, projectNeeds }: { needs: readonly string[]; projectNeeds: readonly string[] },
): { needs: string[]; why: UnmetReason } | undefined {
  const why = BY_DECLINE[reason]
  if (!why) return undefined
  const shared = needs.filter((need) => projectNeeds.includes(need))
  return { needs: shared.length > 0 ? shared : [...needs], why }
}

/** The needs that are recorded as unmet: those named, each once, or all that the referral has. */
export function unmetAmong(needs: readonly string[], named: readonly string[] | undefined): string[] {
  const unmet = [...new Set(named ?? needs)]
  if (unmet.some((need) => !needs.includes(need)))
    throw new Refusal('invalid-input', 'This is not among the needs of the person.', [
      { pointer: '/needs', code: 'not-on-list', detail: 'Choose among the needs of this person' },
    ])
  return unmet
}

/** Of these needs those that are not recorded yet: a second click, or another tab, records nothing again. */
export function notYetAmong(needs: readonly string[], recorded: readonly { need: string }[]): string[] {
  return needs.filter((need) => !recorded.some((one) => one.need === need))
}
