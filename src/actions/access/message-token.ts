import { createHmac, timingSafeEqual } from 'node:crypto'
import { CODE, PASS_MINUTES } from '../../domain/link.ts'
import type { Context } from '../context.ts'

type Keyed = Pick<Context, 'linkKey'>

const MAC_BYTES = 16
const UUID = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/

/** Of 43 letters, as no other kind of link. */
export const MESSAGE_TOKEN_LENGTH = 43

function macOf({ linkKey }: Keyed, purpose: string, of: string): Buffer {
  return createHmac('sha256', linkKey).update(`${purpose} ${of}`).digest()
}

/** The link of a message: its id, and 128 bits that follow from it and a key. It stands in no table. */
export function messageToken(keyed: Keyed, messageId: string): string {
  const mac = macOf(keyed, 'message', messageId).subarray(0, MAC_BYTES)
  return Buffer.concat([Buffer.from(messageId.replaceAll('-', ''), 'hex'), mac]).toString('base64url')
}

/** The message of a link; undefined for whatever we did not make ourselves. Nothing is read to find out. */
export function messageOfToken(keyed: Keyed, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, MAC_BYTES).toString('hex')
  const messageId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  // Compared as text: the last letter has bits that no byte holds.
  return isSame(messageToken(keyed, messageId), token) && UUID.test(messageId) ? messageId : undefined
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The digits of a one-time code, which follow from its row's id and a key. */
export function codeOf(keyed: Keyed, codeId: string): string {
  const number = macOf(keyed, 'code', codeId).readUInt32BE() % 10 ** CODE.digits
  return String(number).padStart(CODE.digits, '0')
}

export function isCode(keyed: Keyed, codeId: string, typed: string): boolean {
  return isSame(codeOf(keyed, codeId), typed)
}

const minutesOf = (moment: Date) => Math.floor(moment.getTime() / 60_000)

/** Carries from a code that was right to the forms of the page that it opened, for half an hour. Never a sign-in. */
export function passFor(keyed: Keyed, messageId: string, now: Date): string {
  return sealedPass(keyed, messageId, minutesOf(now) + PASS_MINUTES)
}

export function isPass(keyed: Keyed, messageId: string, pass: string, now: Date): boolean {
  const until = Number(/^(\d{1,12})\./.exec(pass)?.[1] ?? Number.NaN)
  return until >= minutesOf(now) && isSame(sealedPass(keyed, messageId, until), pass)
}

function sealedPass(keyed: Keyed, messageId: string, until: number): string {
  return `${until}.${macOf(keyed, 'pass', `${messageId} ${until}`).subarray(0, MAC_BYTES).toString('base64url')}`
}
