/** What came of pointing somebody to something open. */
export const SIGNPOST_ANSWERS = ['went', 'did_not_go', 'not_yet'] as const
export type SignpostAnswer = (typeof SIGNPOST_ANSWERS)[number]
