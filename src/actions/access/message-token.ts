import { createHmac, timingSafeEqual } from 'node:crypto'
import { CODE, PASS_MINUTES } from '../../domain/link.ts'
import type { Context } from '../context.ts'

type Keyed = Pick<Context, 'linkKey'>

const ID_BYTES = 16
const MAILBOX_BYTES = 8
const MAC_BYTES = 16
const UUID = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/

/** Of 54 letters, as no other kind of link. */
export const MESSAGE_TOKEN_LENGTH = 54

/** What the link of a message says of itself: which message it is, and a mark of the mailbox that this copy went to. */
export interface MessageLink {
  messageId: string
  mailbox: string
}

function macOf({ linkKey }: Keyed, purpose: string, of: string): Buffer {
  return createHmac('sha256', linkKey).update(`${purpose} ${of}`).digest()
}

/** The link of a message: its id, the mailbox it goes to, and 128 bits that follow from both and a key. It stands in no table. */
export function messageToken(keyed: Keyed, messageId: string, address: string): string {
  return sealed(keyed, { messageId, mailbox: markOf(keyed, messageId, address) })
}

function sealed(keyed: Keyed, { messageId, mailbox }: MessageLink): string {
  const mac = macOf(keyed, 'message', `${messageId} ${mailbox}`).subarray(0, MAC_BYTES)
  return Buffer.concat([Buffer.from(messageId.replaceAll('-', '') + mailbox, 'hex'), mac]).toString('base64url')
}

// Another one for each message, so that two links do not say that they went to the same mailbox.
function markOf(keyed: Keyed, messageId: string, address: string): string {
  const mac = macOf(keyed, 'mailbox', `${messageId} ${address.trim().toLowerCase()}`)
  return mac.subarray(0, MAILBOX_BYTES).toString('hex')
}

/** What a link says; undefined for whatever we did not make ourselves. Nothing is read to find out. */
export function messageOfToken(keyed: Keyed, token: string): MessageLink | undefined {
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, ID_BYTES).toString('hex')
  const messageId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const mailbox = bytes.subarray(ID_BYTES, ID_BYTES + MAILBOX_BYTES).toString('hex')
  // Compared as text: the last letter has bits that no byte holds.
  return isSame(sealed(keyed, { messageId, mailbox }), token) && UUID.test(messageId)
    ? { messageId, mailbox }
    : undefined
}

/** Whether this copy of the link went to that address. */
export function wentTo(keyed: Keyed, { messageId, mailbox }: MessageLink, address: string): boolean {
  return isSame(markOf(keyed, messageId, address), mailbox)
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
