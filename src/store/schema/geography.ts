import { day, id, index, instant, int, json, real, table, text } from '../columns.ts'
import { users } from './access.ts'

/** Every postcode of the official list that was loaded, with where it lies. */
export const postcodes = table('postcodes', {
  /** "SO14 3AB". */
  postcode: text('postcode').primaryKey(),
  wardCode: text('ward_code'),
  lsoaCode: text('lsoa_code'),
  authorityCode: text('authority_code'),
  /** WGS84, in degrees. */
  latitude: real('latitude'),
  longitude: real('longitude'),
  /** No longer used for post from this day. */
  endedOn: day('ended_on'),
})

/** Lower layer super output areas: neighbourhoods of about 1,500 people. */
export const neighbourhoods = table(
  'neighbourhoods',
  {
    code: text('code').primaryKey(),
    name: text('name').notNull(),
    authorityCode: text('authority_code'),
    /** The ward that holds most of it; 28 of the city's lie in two. A postcode's own ward comes first. */
    wardCode: text('ward_code'),
    /** Index of Multiple Deprivation: 1 is the most deprived of England, by rank and by tenth. */
    imdRank: int('imd_rank'),
    imdDecile: int('imd_decile'),
    imdYear: int('imd_year'),
  },
  (t) => [index('neighbourhoods_ward').on(t.wardCode)],
)

export const wards = table(
  'wards',
  {
    code: text('code').primaryKey(),
    name: text('name').notNull(),
    authorityCode: text('authority_code'),
    authorityName: text('authority_name'),
    /** The part of the city it belongs to, as the service's own people sort it. */
    locality: text('locality'),
  },
  (t) => [index('wards_locality').on(t.locality)],
)

/** GP practices of the official list. */
export const practices = table(
  'practices',
  {
    odsCode: text('ods_code').primaryKey(),
    name: text('name').notNull(),
    addressLines: json<string[]>('address_lines').notNull(),
    postcode: text('postcode'),
    phone: text('phone'),
    closedOn: day('closed_on'),
  },
  (t) => [index('practices_postcode').on(t.postcode)],
)

/** What was loaded, from which file and when: a figure can be traced to its edition. */
export const geographyImports = table('geography_imports', {
  id: id('id').primaryKey(),
  kind: text<'postcodes' | 'deprivation' | 'wards' | 'practices'>('kind').notNull(),
  file: text('file').notNull(),
  /** SHA-256 of the file, in hexadecimal. */
  digest: text('digest').notNull(),
  /** What the file says of its own edition: "NSPL, wards of 2025". */
  edition: text('edition').notNull(),
  rowsRead: int('rows_read').notNull(),
  rowsKept: int('rows_kept').notNull(),
  startedBy: id('started_by').references(() => users.id),
  importedAt: instant('imported_at').notNull(),
})
