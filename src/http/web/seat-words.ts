import type { PlacementView } from '../../actions/placements/view.ts'

/** Whose place it is, or for which session; none where the group alone says it. */
export function seatWords({ volunteer, session }: Pick<PlacementView, 'volunteer' | 'session'>): string | null {
  if (volunteer) return `Their volunteer: ${volunteer.name}`
  return session ? `Their session: ${session.words}` : null
}
