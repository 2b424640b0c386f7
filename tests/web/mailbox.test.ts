import { expect, it } from 'vitest'
import { mailbox } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { readable, visitor } from './visitor.ts'

it('the demonstration’s mailbox shows what was sent as text, with its links and nothing else of it alive', async () => {
  const { app, context } = await openApp()
  const somebody = visitor(app)
  expect(readable((await somebody.get('/dev/mailbox')).html)).toContain('No e-mail yet.')
  const text = 'Read it here: http://127.0.0.1:3000/o/so-linked/board.\n<img src=x onerror=alert(1)>\nThe second "line"'
  const id = context.newId()
  const message = { id, to: 'team@so-linked.example', subject: 'New <referral>', messageId: '<1@trellis>' }
  const row = { ...message, text, html: '<b>never shown</b>', receivedAt: context.now() }
  await context.db.write((tx) => tx.insert(mailbox).values(row))
  expect((await somebody.get('/dev/mailbox')).html).toContain('New &lt;referral&gt;')
  const { html } = await somebody.get(`/dev/mailbox/${id}`)
  expect(html).toContain(
    '<a href="http://127.0.0.1:3000/o/so-linked/board">http://127.0.0.1:3000/o/so-linked/board</a>.',
  )
  expect(html).not.toMatch(/<img|<b>/)
  expect(readable(html)).toContain('The second "line"')
  expect((await somebody.get('/dev/mailbox/a%00b')).status).toBe(404)
})
