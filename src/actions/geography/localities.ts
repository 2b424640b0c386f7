import { z } from 'zod'
import type { Actor } from '../../domain/organisation.ts'
import { typedLine } from '../../domain/person.ts'
import { CITY_AUTHORITY, WARDS } from '../../domain/place.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listAuthorities, listWardsOf, saveLocality, type WardRow } from '../../store/geography.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

/** The city that is known without any file. */
const CITY = { code: CITY_AUTHORITY, name: 'Southampton' }

/** What was read and what it shall be, by the code of the ward; nothing takes it out of every locality. */
export const Sorting = z.record(z.string(), z.object({ was: z.string(), now: typedLine(40, 'The name of a locality') }))
export type Sorting = z.output<typeof Sorting>

// Wards belong to a city and not to an organisation; the services that work in it sort them.
function permitSorting(actor: Actor): void {
  permit(actor, 'locality.change')
  if (actor.organisationKind !== 'navigation_service')
    throw new Refusal('not-allowed', 'The navigation service sorts the wards into localities.')
}

/** The wards of an authority with the locality of each; of the one where most are sorted where none is named. */
export async function readLocalities({ db }: Context, actor: Actor, wanted?: string) {
  permitSorting(actor)
  const listed = await listAuthorities(db.read)
  const authorities = listed.map((one) => (one.code === CITY.code ? { ...one, name: CITY.name } : one))
  const usual = authorities.reduce((most, one) => (one.sorted > (most?.sorted ?? 0) ? one : most), authorities[0])
  const start = usual?.sorted ? usual : (authorities.find(({ code }) => code === CITY.code) ?? usual)
  const authority = authorities.find(({ code }) => code === wanted) ?? start ?? CITY
  const wards = await wardsOf(db.read, authority.code)
  return { authority, authorities, wards }
}

/** As the list has them; of the city also before any list. */
async function wardsOf(db: Db, authorityCode: string): Promise<WardRow[]> {
  const listed = await listWardsOf(db, authorityCode)
  if (authorityCode !== CITY.code) return listed
  const known = new Set(listed.map(({ code }) => code))
  // Once the list is loaded it alone says which wards there are.
  const isLoaded = listed.some(({ authorityName }) => authorityName !== null)
  const others = isLoaded ? [] : WARDS.filter(({ code }) => !known.has(code))
  const unlisted = others.map((ward) => ({ ...ward, authorityCode, authorityName: null, locality: null }))
  return [...listed, ...unlisted].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Sorts wards into localities: all that were changed, or none where somebody else was first. */
export async function sortWards(context: Context, actor: Actor, authorityCode: string, sorting: Sorting) {
  permitSorting(actor)
  await context.db.write(async (tx) => {
    const wards = await wardsOf(tx, authorityCode)
    const changed = wards.flatMap((ward) => {
      const asked = sorting[ward.code]
      if (!asked || asked.now === asked.was || asked.now === (ward.locality ?? '')) return []
      if ((ward.locality ?? '') !== asked.was)
        throw new Refusal('changed-meanwhile', `Somebody sorted ${ward.name} in the meantime. Look at it again.`)
      return [{ ...ward, locality: asked.now || null }]
    })
    if (changed.length === 0) return
    for (const ward of changed) await saveLocality(tx, ward)
    await recordAct(context, tx, actor, {
      action: 'localities.changed',
      subjectKind: 'authority',
      subjectId: authorityCode,
      detail: { wards: Object.fromEntries(changed.map(({ code, locality }) => [code, locality])) },
    })
  })
}
