import { isSameJson } from '../../domain/json.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { LocationInput } from '../../domain/project-entry.ts'
import { Refusal } from '../../domain/refusal.ts'
import { indexProject } from '../../store/directory-index.ts'
import {
  findLocation,
  insertLocation,
  type LocationRow,
  listProjectsAt,
  placeOfPostcode,
  saveLocation,
} from '../../store/locations.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'
import { requireProvider } from './open-project.ts'

/** Adds a place of the actor's own organisation. Where it lies comes from its postcode, as far as that is loaded. */
export async function createLocation(context: Context, actor: Actor, input: LocationInput): Promise<LocationRow> {
  requireProvider(actor)
  return context.db.write(async (tx) => {
    const location = await insertLocation(tx, {
      ...input,
      ...(await placeOfPostcode(tx, input.postcode ?? null)),
      id: context.newId(),
      version: 1,
      organisationId: actor.organisationId,
    })
    await record(context, tx, actor, [
      {
        type: 'location.created',
        subject: { kind: 'location', id: location.id, version: 1 },
        changes: changesBetween(undefined, location),
      },
    ])
    return location
  })
}

/** @param version what the caller read; another number means that somebody changed the place meanwhile */
export async function changeLocation(
  context: Context,
  actor: Actor,
  id: string,
  version: number,
  input: LocationInput,
): Promise<LocationRow> {
  requireProvider(actor)
  return context.db.write(async (tx) => {
    const location = await findLocation(tx, actor.organisationId, id)
    if (!location) throw new Refusal('not-found', 'There is no such place.')
    if (location.version !== version)
      throw new Refusal('stale-version', 'Somebody changed this place in the meantime. Look at it again.')
    if (location.feed) throw new Refusal('wrong-status', 'This place is read from a feed, so it is changed there.')
    const { city = null, postcode = null, accessNote = null, ...said } = input
    const place = postcode === location.postcode ? {} : await placeOfPostcode(tx, postcode)
    const next = { ...said, city, postcode, accessNote, ...place }
    if (isSameJson(location, { ...location, ...next })) return location
    const saved = await saveLocation(tx, location, next)
    await record(context, tx, actor, [
      {
        type: 'location.changed',
        subject: { kind: 'location', id, version: saved.version },
        changes: changesBetween(location, saved),
      },
    ])
    await indexProject(tx, context.now(), ...(await listProjectsAt(tx, actor.organisationId, id)))
    return saved
  })
}
