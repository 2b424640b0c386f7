/** Why nothing could be found for a need: by a navigator's word, or by a project's refusal. */
export const UNMET_REASONS = ['nothing_fits', 'no_room', 'not_eligible', 'too_far', 'outside_area'] as const
export type UnmetReason = (typeof UNMET_REASONS)[number]
