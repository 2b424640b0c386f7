/** A navigator who is here today, with what they carry already. */
export interface Candidate {
  id: string
  name: string
  wards: string[] | null
  openReferrals: number
}

/**
 * By patch, then by load: those who look after the person's ward, else those without wards of their own, else everybody;
 * of these the one with the fewest open referrals, and by name where several have. Undefined where nobody is here.
 */
export function chooseNavigator<C extends Candidate>(present: C[], wardCode: string | null): C | undefined {
  const ofTheWard = present.filter(({ wards }) => wardCode !== null && wards?.includes(wardCode))
  const ofNoWard = present.filter(({ wards }) => !wards || wards.length === 0)
  const [patch = []] = [ofTheWard, ofNoWard, present].filter((some) => some.length > 0)
  const [first] = [...patch].sort(
    (a, b) => a.openReferrals - b.openReferrals || compare(a.name, b.name) || compare(a.id, b.id),
  )
  return first
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
