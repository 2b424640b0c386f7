import { createHash, createHmac } from 'node:crypto'
import type { Context } from '../context.ts'

const TOKEN_BYTES = 16

/** The secret part of a link: 128 bits that follow from its nonce and a key, and stand in no table. */
export function tokenOf({ linkKey }: Pick<Context, 'linkKey'>, nonce: string): string {
  const whole = createHmac('sha256', linkKey).update(`access ${nonce}`).digest()
  return whole.subarray(0, TOKEN_BYTES).toString('base64url')
}

/** By which a token is known again. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A new nonce with the digest of its token. */
export function newNonce(context: Context): { nonce: string; digest: string } {
  const nonce = Buffer.from(context.randomBytes(TOKEN_BYTES)).toString('hex')
  return { nonce, digest: digestOfToken(tokenOf(context, nonce)) }
}
