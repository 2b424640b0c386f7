import { listCrisisEntries } from '../../store/directory-search.ts'
import type { Context } from '../context.ts'
import { type Entry, viewEntries } from './entry-view.ts'

/** Where the city helps in a crisis, for everybody: what asks for no certain need first. */
export async function listCrisisHelp({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Entry[]> {
  const rows = await listCrisisEntries(db.read)
  const asksForNeed = ({ project }: (typeof rows)[number]) => project.rules.some(({ rule }) => rule === 'need')
  const forAll = rows.filter((row) => !asksForNeed(row))
  return viewEntries(db.read, [...forAll, ...rows.filter(asksForNeed)], now())
}
