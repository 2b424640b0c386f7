import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Context } from '../../src/actions/context.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { createMailer } from '../../src/mail/mailer.ts'
import { openDatabase } from '../../src/store/database.ts'

// A process that sends what is owed and, after so many, tells that the server took one, and never comes to say so in the
// database. It waits to be killed.
const [url = '', smtp = '', from = '', haltAfter = '0'] = process.argv.slice(2)
const context: Context = {
  db: await openDatabase(url),
  now: () => new Date(),
  newId: uuidv7,
  randomBytes,
  auditKey: new Uint8Array(32),
  linkKey: new Uint8Array(32),
  log: { info: () => {}, warn: () => {}, error: () => {} },
  requestId: null,
}
const mailer = createMailer(smtp, from)
let taken = 0
const post = {
  mailer: {
    ...mailer,
    async send(message: Parameters<typeof mailer.send>[0]) {
      await mailer.send(message)
      if (++taken !== Number(haltAfter)) return
      process.send?.('taken')
      await new Promise(() => {})
    },
  },
  from,
  baseUrl: 'https://trellis.example',
  retryBaseMs: 60_000,
  leaseMs: 1500,
  mostAnHour: Number.POSITIVE_INFINITY,
}
process.send?.(await deliverMessages(context, post))
mailer.close()
await context.db.close()
process.disconnect?.()
