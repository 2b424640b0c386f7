import { listMail, openMail } from '../../actions/outbox/mailbox.ts'
import type { App } from '../site.ts'
import { inMailbox, inPublic } from './addresses.ts'
import { show } from './layout.ts'

/** What would have been sent: only where the demonstration keeps its mail itself. */
export function register(app: App): void {
  if (!app.site.hasMailbox) return

  app.get('/dev/mailbox', inPublic, async (request, reply) => {
    const mail = await listMail(request.context)
    return show(request, reply, 'mailbox', { title: 'Sent e-mail' }, { mail })
  })

  app.get('/dev/mailbox/:id', inMailbox, async (request, reply) => {
    const mail = await openMail(request.context, request.params.id)
    const frame = { title: mail.subject, back: { href: '/dev/mailbox', text: 'All sent e-mail' } }
    return show(request, reply, 'mail', frame, { mail })
  })
}
