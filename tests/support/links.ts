import { eq, getTableName, is, Table } from 'drizzle-orm'
import { messageToken } from '../../src/actions/access/message-token.ts'
import type { Context } from '../../src/actions/context.ts'
import { deliverMessages, type Post } from '../../src/actions/outbox/deliver-messages.ts'
import * as schema from '../../src/store/schema.ts'
import { groups, mailbox, organisations, outbox, people } from '../../src/store/schema.ts'

type Row = typeof outbox.$inferSelect

export const POST: Post = {
  mailer: null,
  from: 'a@trellis.example',
  baseUrl: 'https://trellis.example',
  retryBaseMs: 1000,
}

/** The newest message of a notice, for whoever opens its link. */
export async function messageOf(context: Context, notice: string, which: Partial<Row> = {}): Promise<Row> {
  const rows = (await context.db.read.select().from(outbox)).filter(
    (row) =>
      row.notice === notice && Object.entries(which).every(([column, value]) => row[column as keyof Row] === value),
  )
  const newest = rows.sort((a, b) => (a.id < b.id ? 1 : -1))[0]
  if (!newest) throw new Error(`No message "${notice}" is owed.`)
  return newest
}

/** Where a message goes as things stand. */
export async function mailboxOf({ db }: Context, { toKind, toId }: Row): Promise<string> {
  const [group] = await db.read.select().from(groups).where(eq(groups.id, toId))
  const [to] =
    toKind === 'person'
      ? await db.read.select({ email: people.email }).from(people).where(eq(people.id, toId))
      : await db.read
          .select({ email: organisations.email })
          .from(organisations)
          .where(eq(organisations.id, group?.providerOrganisationId ?? toId))
  return to?.email ?? ''
}

/** The address of its link, as it stands in a mail to that mailbox. */
export async function linkOf(context: Context, notice: string, which: Partial<Row> = {}): Promise<string> {
  const message = await messageOf(context, notice, which)
  return `/l/${messageToken(context, message.id, await mailboxOf(context, message))}`
}

/** The newest one-time code that was sent, as its reader finds it in the mail. */
export async function codeSent(context: Context): Promise<string> {
  await deliverMessages(context, POST)
  const mails = (await context.db.read.select().from(mailbox)).filter(
    ({ subject }) => subject === 'Your code for Trellis',
  )
  const newest = mails.sort((a, b) => (a.id < b.id ? 1 : -1))[0]
  return /Your code is (\d{6})/.exec(newest?.text ?? '')?.[1] ?? ''
}

/** Every row of every table, to say afterwards that nothing was written. */
export async function wholeDatabase({ db }: Context): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {}
  for (const table of Object.values(schema) as unknown[]) {
    if (!is(table, Table)) continue
    const rows = await db.read.select().from(table as typeof outbox)
    all[getTableName(table)] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return all
}

/** Every address that stands in any mail that was sent. */
export async function addressesInMail({ db }: Context): Promise<string[]> {
  const mails = await db.read.select().from(mailbox)
  return mails.flatMap(({ text }) =>
    [...text.matchAll(/https:\/\/trellis\.example(\/\S+)/g)].map(([, path = '']) => path),
  )
}
