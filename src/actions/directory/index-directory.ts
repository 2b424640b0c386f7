import { indexProject } from '../../store/directory-index.ts'
import { listProjectsToIndex } from '../../store/project-index.ts'
import type { Context } from '../context.ts'

/** Entries seen to in one transaction: nobody waits for long. */
const BATCH = 50

// A course that has ended is no more found by its day: everything is read again each day.
const DAY_MS = 86_400_000

function due({ db, now }: Context, limit: number): Promise<string[]> {
  return listProjectsToIndex(db.read, new Date(now().getTime() - DAY_MS), limit)
}

export async function hasEntriesToIndex(context: Context): Promise<boolean> {
  return (await due(context, 1)).length > 0
}

/** Makes findable what is not, or no longer as it stands: after an upgrade everything. Answers with how many. */
export async function indexDirectory(context: Context, signal?: AbortSignal): Promise<number> {
  let seen = 0
  for (let before = ''; !signal?.aborted; ) {
    const ids = await due(context, BATCH)
    // What is due again straight away would be due for ever.
    if (ids.length === 0 || ids.join() === before) break
    await context.db.write((tx) => indexProject(tx, context.now(), ...ids))
    seen += ids.length
    before = ids.join()
  }
  return seen
}
