import { GEOGRAPHY_KINDS } from '../../domain/geography.ts'
import type { Actor } from '../../domain/organisation.ts'
import { listLatestImports } from '../../store/geography.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

/** Which official files are loaded, with their editions: for whoever runs the service. */
export async function readGeography({ db }: Context, actor: Actor) {
  permit(actor, 'geography.import')
  const latest = await listLatestImports(db.read)
  return GEOGRAPHY_KINDS.map((kind) => ({ kind, loaded: latest[kind] ?? null }))
}
