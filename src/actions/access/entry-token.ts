import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Day } from '../../domain/day.ts'
import type { Context } from '../context.ts'

const MAC_BYTES = 16
const MAC_LENGTH = 22

/**
 * A link that confirms one project's entry, and nothing else. It follows from the project, the day on which its provider
 * was asked and the address: the next time they are asked, or when their address is another, this one stops working.
 */
export function entryToken(keyed: Pick<Context, 'linkKey'>, projectId: string, { chasedOn, email }: Asked): string {
  return Buffer.from(projectId).toString('base64url') + macOf(keyed.linkKey, projectId, { chasedOn, email })
}

/** When the provider was asked, and at which address. */
interface Asked {
  chasedOn: Day
  email: string
}

function macOf(linkKey: Uint8Array, projectId: string, { chasedOn, email }: Asked): string {
  const asked = `entry ${chasedOn} ${projectId} ${email.trim().toLowerCase()}`
  const whole = createHmac('sha256', linkKey).update(asked).digest()
  return whole.subarray(0, MAC_BYTES).toString('base64url')
}

/** The project that a link may be for; undefined where it is a link of another kind. */
export function projectOfToken(token: string): string | undefined {
  if (!/^[\w-]{23,}$/.test(token)) return undefined
  const id = Buffer.from(token.slice(0, -MAC_LENGTH), 'base64url').toString()
  return /^[\w-]{1,64}$/.test(id) ? id : undefined
}

export function isEntryToken(
  context: Pick<Context, 'linkKey'>,
  token: string,
  { id, chasedOn, email }: { id: string; chasedOn: Day | null; email: string },
): boolean {
  if (chasedOn === null) return false
  const expected = Buffer.from(entryToken(context, id, { chasedOn, email }))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
