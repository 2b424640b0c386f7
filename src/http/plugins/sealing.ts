import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../site.ts'

/** A form that came when nobody was signed in any more: where it stood, where it went, and what was typed. */
export interface KeptForm {
  /** Whose page it was. */
  userId: string
  /** The page with the form, and the address it was sent to: paths with their queries. */
  from: string
  to: string
  fields: [name: string, value: string][]
}

declare module 'fastify' {
  interface FastifyInstance {
    /** A form as text that only this service reads, for a hidden field of the sign-in page. */
    sealForm(request: FastifyRequest, form: KeptForm): string
    openForm(sealed: string, now: Date): KeptForm | undefined
    /** Whose page it was that holds this hidden field `_by`; undefined for whatever we did not make ourselves. */
    ownerOf(sealed: unknown, now: Date): string | undefined
  }
  interface FastifyReply {
    /** The hidden field `_by` of every form: for whom this page was made. Empty where nobody is signed in. */
    ownerToken(): string
  }
}

const KEPT_MS = 24 * 3_600_000
const [IV_BYTES, TAG_BYTES] = [12, 16]

/**
 * Says for whom a page was made, so that what was typed on it can be given back to that person after a new sign-in, and
 * to nobody else. Another site cannot make such a field: it never sees one that is not its own visitor's.
 */
export function addSealing(app: App): void {
  const key = createHmac('sha256', app.site.formKey).update('kept forms').digest()

  function seal(request: FastifyRequest, purpose: string, content: object): string {
    const { randomBytes, now } = request.context
    const iv = Buffer.from(randomBytes(IV_BYTES))
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
    const text = JSON.stringify([now().getTime(), content])
    return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  function open(sealed: unknown, purpose: string, now: Date): unknown {
    if (typeof sealed !== 'string' || sealed === '') return undefined
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
      const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString()
      const [at, content] = JSON.parse(text) as [number, unknown]
      return now.getTime() - at < KEPT_MS ? content : undefined
    } catch {
      // Changed, cut off, or sealed with another key: it is nobody's.
      return undefined
    }
  }

  app.decorate('sealForm', (request, form) => seal(request, 'form', form))
  // Whatever opens was sealed here, so it has its shape.
  app.decorate('openForm', (sealed, now) => open(sealed, 'form', now) as KeptForm | undefined)
  app.decorate('ownerOf', (sealed, now) => (open(sealed, 'owner', now) as { userId: string } | undefined)?.userId)
  app.decorateReply('ownerToken', function () {
    const { user } = this.request
    return user ? seal(this.request, 'owner', { userId: user.id }) : ''
  })
}
