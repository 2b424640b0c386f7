import { type DirectorySource, SourceFault } from '../../domain/directory-source.ts'
import { listIdsOfFeed } from '../../store/directory-imports.ts'
import type { Context } from '../context.ts'

/**
 * Whether a file is a later one of the source whose name it has: nothing but the name says so. Where it leaves out more
 * than half of what that source brought, it is not believed to be all of it.
 * @returns what makes it doubtful, so that nothing is taken for gone; undefined where nothing does
 * @throws SourceFault where most of it is new as well: mixed up with the other one, neither could be told apart again
 */
export async function requireSameSource(
  { db }: Context,
  { name, feed, ids }: DirectorySource,
): Promise<string | undefined> {
  if (!ids) return undefined
  const known = await listIdsOfFeed(db.read, feed)
  const here = new Set(known.map(({ id }) => id))
  const came = new Set(ids.flatMap(({ id, spareId }) => [id, spareId]))
  const running = known.filter(({ isRunning }) => isRunning)
  const gone = running.filter(({ id }) => !came.has(id)).length
  if (gone * 2 <= running.length) return undefined
  const isNew = ids.filter(({ id, spareId }) => !here.has(id) && !here.has(spareId)).length
  const leaves = `It leaves out ${gone} of the ${running.length} entries that “${name}” brought before`
  if (isNew * 2 > ids.length)
    throw new SourceFault(
      `${leaves}, and most of it is new: it may be another file of that name. Give it a name of its own with --as NAME. If it is the same source, say --retire: what is gone becomes inactive.`,
    )
  return `${leaves}. They stay here as they are. If they are gone, read it in once more with --retire.`
}
