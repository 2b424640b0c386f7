import { isInDirectory } from '../../domain/directory.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { findEntry } from '../../store/directory-search.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { getOwnProject } from '../access/get-project.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Entry, viewEntries } from './entry-view.ts'

/** One entry of the directory by its short name, for everybody. */
export async function openEntry({ db, now }: Pick<Context, 'db' | 'now'>, slug: string): Promise<Entry> {
  const row = await findEntry(db.read, slug)
  const [entry] = row ? await viewEntries(db.read, [row], now()) : []
  if (!entry) throw new Refusal('not-found', 'There is no such project in the directory.')
  return entry
}

/** The same for staff, who also hear how full it is. */
export async function openEntryAtWork(context: Context, actor: Actor, slug: string): Promise<Entry> {
  permit(actor, 'directory.view')
  return openEntry(context, slug)
}

/** The entry as everybody at work would read it, for its own provider, published or not. */
export async function previewEntry({ db, now }: Context, actor: Actor, id: string) {
  const row = await getOwnProject(db.read, actor, id)
  const provider = (await getOrganisations(db.read, [row.providerOrganisationId])).get(row.providerOrganisationId)
  const [entry] = provider ? await viewEntries(db.read, [{ project: row, provider }], now()) : []
  if (!entry) throw new Refusal('not-found', 'There is no such project.')
  return { entry, isPublished: isInDirectory(row) }
}
