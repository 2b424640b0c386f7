import { and, asc, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { locations, people, postcodes } from './schema.ts'

/** What the list says of the postcode of a row. */
const said = (what: PgColumn, postcode: PgColumn) =>
  sql`(select ${what} from ${postcodes} where ${postcodes.postcode} = ${postcode})`

const isListed = (postcode: PgColumn) =>
  sql`exists (select 1 from ${postcodes} where ${postcodes.postcode} = ${postcode})`

const peopleAfter = prepared('people.withPostcodeAfter', (db) =>
  db
    .select({ id: people.id })
    .from(people)
    .where(and(gt(people.id, sql.placeholder('after')), isNotNull(people.postcode)))
    .orderBy(asc(people.id))
    .limit(1_000),
)

/** The next people who have a postcode, by their ids. */
export async function listPlacedPeople(db: Db, after: string): Promise<string[]> {
  return (await peopleAfter(db, { after })).map(({ id }) => id)
}

const placing = prepared('people.place', (db) =>
  db
    .update(people)
    .set({ wardCode: said(postcodes.wardCode, people.postcode), lsoaCode: said(postcodes.lsoaCode, people.postcode) })
    .where(
      and(
        oneOf(people.id, 'ids'),
        isListed(people.postcode),
        or(
          sql`${people.wardCode} is distinct from ${said(postcodes.wardCode, people.postcode)}`,
          sql`${people.lsoaCode} is distinct from ${said(postcodes.lsoaCode, people.postcode)}`,
        ),
      ),
    )
    .returning({ id: people.id }),
)

/**
 * Puts people where the list says that their postcodes lie, and answers how many that changed. Whoever has a postcode
 * that the list does not have keeps what an earlier list said. No new version: nobody corrected a detail.
 */
export async function placePeople(tx: Db, ids: string[]): Promise<number> {
  return (await placing(tx, { ids: listed(ids) })).length
}

/** The same for the places where projects meet. A point that a provider or a feed gave stays where the list has none. */
export async function placeLocations(tx: Db): Promise<number> {
  const elsewhere = tx
    .select({ id: locations.id })
    .from(locations)
    .where(
      and(
        isListed(locations.postcode),
        or(
          sql`${locations.wardCode} is distinct from ${said(postcodes.wardCode, locations.postcode)}`,
          and(isNull(locations.latitude), sql`${said(postcodes.latitude, locations.postcode)} is not null`),
        ),
      ),
    )
  const rows = await tx
    .update(locations)
    .set({
      wardCode: said(postcodes.wardCode, locations.postcode),
      latitude: sql`coalesce(${locations.latitude}, ${said(postcodes.latitude, locations.postcode)})`,
      longitude: sql`coalesce(${locations.longitude}, ${said(postcodes.longitude, locations.postcode)})`,
    })
    .where(inArray(locations.id, elsewhere))
    .returning({ id: locations.id })
  return rows.length
}
