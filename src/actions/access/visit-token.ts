import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'

type Keyed = Pick<Context, 'linkKey'>

const MAC_BYTES = 16
const MAC_LENGTH = 22

function macOf({ linkKey }: Keyed, of: string): string {
  const whole = createHmac('sha256', linkKey).update(`visit ${of}`).digest()
  return whole.subarray(0, MAC_BYTES).toString('base64url')
}

/**
 * The address of one visit's calendar file: 128 bits that follow from the placement, the mailbox that it was sent to and a
 * key, and open nothing else. Whoever has another mailbox has another address.
 */
export function visitToken(keyed: Keyed, placementId: string, email: string | null): string {
  return Buffer.from(placementId).toString('base64url') + macOf(keyed, `${placementId} ${email ?? ''}`)
}

/** The placement that a token names, whether or not somebody made it up. */
export function placementNamedBy(token: string): string | undefined {
  if (!/^[\w-]{23,}$/.test(token)) return undefined
  const id = Buffer.from(token.slice(0, -MAC_LENGTH), 'base64url').toString()
  return /^[\w-]{1,64}$/.test(id) ? id : undefined
}

export function isVisitToken(keyed: Keyed, token: string, placementId: string, email: string | null): boolean {
  const [expected, given] = [Buffer.from(visitToken(keyed, placementId, email)), Buffer.from(token)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** By what calendars know the visit, whatever mailbox its file was sent to. */
export function visitUid(keyed: Keyed, placementId: string): string {
  return createHash('sha256').update(macOf(keyed, placementId)).digest('hex').slice(0, 32)
}
