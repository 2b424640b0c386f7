import type { PlacementView } from '../../actions/placements/view.ts'
import type { FitFigures } from '../../actions/referrals/count-fits.ts'
import { FIT_WORDS, type Fit } from '../../domain/placement-reasons.ts'

/** For the one tap about the referral itself; null where it is not theirs to say, or too early. */
export function fitModel({ id, fit, allowedActions }: PlacementView, base: string) {
  if (!allowedActions.includes('fit')) return null
  return {
    action: `${base}/placements/${id}/fit`,
    said: fit && FIT_WORDS[fit],
    choices: (Object.keys(FIT_WORDS) as Fit[])
      .filter((value) => value !== fit)
      .map((value) => ({ value, text: FIT_WORDS[value] })),
  }
}

/** The figures in sentences; null while there is nothing to tell. */
export function fitFigures({ said, fits, declinedRules }: FitFigures) {
  const right = fits?.find(({ fit }) => fit === 'right_person')?.count ?? 0
  if (!fits && declinedRules.length === 0) return null
  return {
    title: fits ? `${right} of ${said} went to the right project` : 'Why projects declined',
    fits,
    said,
    rules: declinedRules.slice(0, 5),
    top: declinedRules[0] ?? null,
  }
}
