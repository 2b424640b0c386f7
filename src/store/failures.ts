import { DrizzleQueryError } from 'drizzle-orm'

/** Thrown by a store function that lost a race, for example to insert an idempotency key: runs the unit again. */
export class RetryWrite extends Error {
  override name = 'RetryWrite'
}

/** The unit was tried for as long as is reasonable and others were always first. Nothing was written; try again later. */
export class DatabaseBusy extends Error {
  override name = 'DatabaseBusy'
}

interface DriverError extends Error {
  code: string
  table?: string
  constraint?: string
  detail?: string
}

const isDriverError = (error: unknown): error is DriverError =>
  error instanceof Error && 'code' in error && /^(SQLITE_\w+|[0-9A-Z]{5})$/.test(String(error.code))

function driverError(error: unknown): DriverError | undefined {
  if (isDriverError(error)) return error
  return error instanceof Error && error.cause ? driverError(error.cause) : undefined
}

/** The columns that were to be unique, in one spelling for both engines: 'people.nhs_number' or 'a.b, a.c'. */
export function uniqueViolation(error: unknown): string | undefined {
  const cause = driverError(error)
  if (cause?.code === 'SQLITE_CONSTRAINT_UNIQUE' || cause?.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return cause.message.replace(/^UNIQUE constraint failed: /, '')
  }
  if (cause?.code !== '23505') return undefined
  const columns = /^Key \((.+?)\)=/.exec(cause.detail ?? '')?.[1]?.split(', ')
  return columns?.map((column) => `${cause.table}.${column}`).join(', ') ?? cause.constraint ?? 'unknown'
}

/** The name of the check constraint that refused. */
export function checkViolation(error: unknown): string | undefined {
  const cause = driverError(error)
  if (cause?.code === 'SQLITE_CONSTRAINT_CHECK') return cause.message.replace(/^CHECK constraint failed: /, '')
  return cause?.code === '23514' ? (cause.constraint ?? 'unknown') : undefined
}

/** Another writer was first; the same unit may well succeed when run again. */
export const isContention = (error: unknown): boolean =>
  /^(40001|40P01|SQLITE_BUSY\w*|SQLITE_LOCKED\w*)$/.test(driverError(error)?.code ?? '')

/** A database error as it may be logged: drivers put the values of the failed query, so people's data, in the message. */
export class DatabaseFailure extends Error {
  override name = 'DatabaseFailure'
  readonly code: string
  readonly constraint: string | undefined
  readonly query: string | undefined

  constructor(code: string, constraint: string | undefined, query: string | undefined) {
    super([code, constraint, query].filter(Boolean).join(' · '))
    this.code = code
    this.constraint = constraint
    this.query = query
  }
}

/** Gives what may be logged: a DatabaseFailure for anything a database driver threw, every other error as it is. */
export function withoutParameters(error: unknown): unknown {
  const cause = driverError(error)
  const query = queryOf(error)
  if (!cause && !query) return error
  const constraint = uniqueViolation(error) ?? checkViolation(error) ?? cause?.constraint
  const safe = new DatabaseFailure(cause?.code ?? 'unknown', constraint, query)
  const frames = (error instanceof Error ? error.stack : '')
    ?.split('\n')
    .filter((line) => /^ {4}at .+:\d+\)?$/.test(line))
  safe.stack = [`${safe.name}: ${safe.message}`, ...(frames ?? [])].join('\n')
  return safe
}

function queryOf(error: unknown): string | undefined {
  if (error instanceof DrizzleQueryError) return error.query
  return error instanceof Error && error.cause ? queryOf(error.cause) : undefined
}
