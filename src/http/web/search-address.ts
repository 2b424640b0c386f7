import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { MOST_TYPED } from '../../domain/search.ts'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
// Longer than anything typed, so that the length of an address says nothing.
const PADDED_BYTES = MOST_TYPED * 4 + 8

/**
 * What was typed, sealed into an address: Back, reload and the next page work, and neither the browser's history nor a log
 * holds a name. Only the sign-in that made it can open it.
 */
export function sealSearch(request: FastifyRequest, text: string): string {
  const iv = request.context.randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(request), iv)
  const padded = Buffer.alloc(PADDED_BYTES)
  const length = padded.write(text.slice(0, MOST_TYPED), 2)
  padded.writeUInt16BE(length, 0)
  const sealed = Buffer.concat([cipher.update(padded), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Undefined where another sign-in made it, or nobody did. */
export function openSearch(request: FastifyRequest, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== IV_BYTES + TAG_BYTES + PADDED_BYTES) return undefined
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(request), bytes.subarray(0, IV_BYTES))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const opened = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
    return opened.subarray(2, 2 + opened.readUInt16BE(0)).toString()
  } catch {
    return undefined
  }
}

function keyOf({ server, sessionId }: FastifyRequest): Buffer {
  return createHmac('sha256', server.site.formKey).update(`search ${sessionId}`).digest()
}
