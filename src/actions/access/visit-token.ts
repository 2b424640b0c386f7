import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'

const MAC_BYTES = 16
const MAC_LENGTH = 22

/** The address of one visit's calendar file: 128 bits that follow from the placement and a key, and open nothing else. */
export function visitToken({ linkKey }: Pick<Context, 'linkKey'>, placementId: string): string {
  const whole = createHmac('sha256', linkKey).update(`visit ${placementId}`).digest()
  return Buffer.from(placementId).toString('base64url') + whole.subarray(0, MAC_BYTES).toString('base64url')
}

/** The placement that a token is of; undefined where nobody made it. */
export function placementOfVisit(context: Pick<Context, 'linkKey'>, token: string): string | undefined {
  if (!/^[\w-]{23,}$/.test(token)) return undefined
  const id = Buffer.from(token.slice(0, -MAC_LENGTH), 'base64url').toString()
  if (!/^[\w-]{1,64}$/.test(id)) return undefined
  const [expected, given] = [Buffer.from(visitToken(context, id)), Buffer.from(token)]
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
}
