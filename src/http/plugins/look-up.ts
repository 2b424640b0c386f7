import type { Context } from '../../actions/context.ts'
import { openOwnPage } from '../../actions/own/own-link.ts'
import { lookUpStatus, type StatusShown } from '../../actions/self/look-up-status.ts'
import type { App } from '../site.ts'
import { Tries } from './tries.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where a referral is, for the API and the pages alike; slows down those who guess birthdays. */
    tryToLookUp(request: FastifyRequest, typed: { reference: string; dateOfBirth: string }): Promise<StatusShown>
    /** Opens somebody's own page by its link and their date of birth, for as few guesses. */
    tryToOpen(token: string, context: Context, dateOfBirth: string): Promise<string>
  }
}

const TOO_MANY = 'Too many tries. Wait an hour, then try again, or call the service.'
const HOUR_MS = 3_600_000
// A library's computer may have many at it; nobody forgets a birthday ten times.
const TRIES = { ip: 30, reference: 10 }

export function addLookUp(app: App): void {
  const limited = (most: number) => new Tries(most, HOUR_MS, TOO_MANY, ({ code }) => code === 'not-found')
  const addresses = limited(TRIES.ip)
  const references = limited(TRIES.reference)
  app.decorate('tryToLookUp', ({ context, ip }, typed) => {
    const key = typed.reference
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, 20)
    const { now } = context
    return addresses.run(ip, now, () => references.run(key, now, () => lookUpStatus(context, typed)))
  })
  const links = new Tries(TRIES.reference, HOUR_MS, TOO_MANY, ({ code }) => code === 'invalid-input')
  app.decorate('tryToOpen', (token, context, dateOfBirth) =>
    links.run(token, context.now, () => openOwnPage(context, token, dateOfBirth)),
  )
}
