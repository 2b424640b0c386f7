// Every table of the product. drizzle-kit reads this file for both engines.
export * from './schema/access.ts'
export * from './schema/directory.ts'
export * from './schema/directory-search.ts'
export * from './schema/geography.ts'
export * from './schema/people.ts'
export * from './schema/placements.ts'
export * from './schema/records.ts'
export * from './schema/referrals.ts'
