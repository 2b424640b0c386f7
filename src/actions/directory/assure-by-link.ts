import { londonDay } from '../../domain/day.ts'
import { chaseEndsOn } from '../../domain/freshness.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findEntryById } from '../../store/directory-search.ts'
import { hasLeft } from '../../store/users.ts'
import { isEntryToken, projectOfToken } from '../access/entry-token.ts'
import type { Context } from '../context.ts'
import { assure } from './assure-project.ts'
import { type Entry, viewEntries } from './entry-view.ts'

/** `open` may be confirmed; `done` was, since it was asked about. */
export interface EntryLink {
  state: 'open' | 'done' | 'expired'
  entry: Entry
}

const NOTHING = 'There is nothing at this address. There may be a newer e-mail, or the entry has left the directory.'

async function getLinked(context: Context, db: Db, token: string) {
  const id = projectOfToken(token)
  const found = id === undefined ? undefined : await findEntryById(db, id)
  if (!found?.providerEmail) throw new Refusal('not-found', NOTHING)
  const { project, provider, providerEmail: email } = found
  if (!isEntryToken(context, token, { ...project, email }) || (await hasLeft(db, provider.id, email)))
    throw new Refusal('not-found', NOTHING)
  const { assuredOn, chasedOn } = project
  const isDone = assuredOn !== null && chasedOn !== null && assuredOn >= chasedOn
  const isExpired = chasedOn === null || chaseEndsOn(chasedOn) < londonDay(context.now())
  const state: EntryLink['state'] = isDone ? 'done' : isExpired ? 'expired' : 'open'
  return { ...found, state }
}

/** Only shows: programs that read e-mail follow every link in it, so a look confirms nothing. */
export async function readEntryLink(context: Context, token: string): Promise<EntryLink> {
  const found = await getLinked(context, context.db.read, token)
  const [entry] = await viewEntries(context.db.read, [found], context.now())
  if (!entry) throw new Refusal('not-found', NOTHING)
  return { state: found.state, entry }
}

/** "It is right": by whoever reads the provider's mail, who is not named. Twice is as good as once. */
export async function assureByLink(context: Context, token: string): Promise<void> {
  await context.db.write(async (tx) => {
    const { state, project } = await getLinked(context, tx, token)
    if (state === 'expired')
      throw new Refusal(
        'wrong-status',
        'This link has run out. Sign in to confirm the entry, or wait for the next e-mail.',
      )
    if (state === 'open') await assure(context, tx, 'system', project)
  })
}
