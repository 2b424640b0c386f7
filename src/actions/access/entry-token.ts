import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Day } from '../../domain/day.ts'
import type { Context } from '../context.ts'

const MAC_BYTES = 16
const MAC_LENGTH = 22

/**
 * A link that confirms one project's entry, and nothing else. It follows from the project and the day on which its
 * provider was asked: the next time they are asked there is another, and this one stops working.
 */
export function entryToken({ linkKey }: Pick<Context, 'linkKey'>, projectId: string, chasedOn: Day): string {
  return Buffer.from(projectId).toString('base64url') + macOf(linkKey, projectId, chasedOn)
}

function macOf(linkKey: Uint8Array, projectId: string, chasedOn: Day): string {
  const whole = createHmac('sha256', linkKey).update(`entry ${chasedOn} ${projectId}`).digest()
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
  { id, chasedOn }: { id: string; chasedOn: Day | null },
): boolean {
  if (chasedOn === null) return false
  const expected = Buffer.from(entryToken(context, id, chasedOn))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
