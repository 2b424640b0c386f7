import type Sqlite from 'better-sqlite3'
import { Column, type DriverValueEncoder, getTableName, is, Param, Placeholder, SQL } from 'drizzle-orm'

/** Runs a statement under the guard of its handle. */
export interface Compiled {
  all(values: unknown[]): unknown[][]
  run(values: unknown[]): Sqlite.RunResult
}

export interface Query {
  sql: string
  params: unknown[]
}

interface Field {
  path: string[]
  field: unknown
}

type Values = Record<string, unknown>
type ReadRow = (row: unknown[]) => unknown
type Joins = Record<string, boolean>
type Method = 'run' | 'all' | 'get'

/**
 * What drizzle runs a query by. Its own asks for every column of every row anew what kind it is and how it is decoded,
 * which costs more than SQLite's answer: this asks once for each query.
 */
export class SqliteQuery {
  /** Set by drizzle: whether a table that was joined has a row, where that is not sure. */
  joinsNotNullableMap: Joins | undefined
  readonly #statement: Compiled
  readonly #query: Query
  readonly #fields: Field[] | undefined
  readonly #method: Method
  readonly #isKept: boolean
  readonly #fill: (values: Values) => unknown[]
  #readRow: ReadRow | undefined

  /** @param isKept whether it will be run more than once: then it pays to make a function for its rows */
  constructor(
    statement: Compiled,
    query: Query,
    { fields, method, isKept }: { fields: Field[] | undefined; method: Method; isKept: boolean },
  ) {
    this.#isKept = isKept
    this.#statement = statement
    this.#query = query
    this.#fields = fields
    this.#method = method
    this.#fill = fillerOf(query.params)
  }

  getQuery(): Query {
    return this.#query
  }

  execute(values: Values = {}): unknown {
    return this.#method === 'run' ? this.run(values) : this.#method === 'get' ? this.get(values) : this.all(values)
  }

  /** rowCount is what the same call answers on PostgreSQL. */
  run(values: Values = {}): { rowCount: number; rows: [] } {
    return { rowCount: this.#statement.run(this.#fill(values)).changes, rows: [] }
  }

  all(values: Values = {}): unknown[] {
    const rows = this.values(values)
    if (!this.#fields || rows.length === 0) return rows
    this.#readRow ??= (this.#isKept ? readerOf : slowReaderOf)(this.#fields, this.joinsNotNullableMap ?? {})
    return rows.map(this.#readRow)
  }

  get(values: Values = {}): unknown {
    return this.all(values)[0]
  }

  values(values: Values = {}): unknown[][] {
    return this.#statement.all(this.#fill(values))
  }
}

/**
 * Puts values in the places that were kept for them, as the database takes them: by a function made for these places,
 * which reads each of the forty of an insert by its name instead of looking it up.
 */
function fillerOf(params: unknown[]): (values: Values) => unknown[] {
  const places = params.map((param) => {
    if (is(param, Placeholder)) return { name: param.name, encoder: undefined }
    if (is(param, Param) && is(param.value, Placeholder)) return { name: param.value.name, encoder: param.encoder }
    return undefined
  })
  if (!places.some(Boolean)) return () => params
  const parts = places.map((place, index) => {
    if (!place) return `params[${index}]`
    const value = `given(values[${JSON.stringify(place.name)}], places[${index}])`
    return place.encoder ? `encoded(${value}, places[${index}])` : value
  })
  const make = new Function('params', 'places', 'given', 'encoded', `return (values) => [${parts.join(', ')}]`)
  return make(params, places, given, encoded) as (values: Values) => unknown[]
}

function given(value: unknown, { name }: { name: string }): unknown {
  if (value === undefined) throw new Error(`No value for placeholder "${name}" was provided`)
  return value
}

function encoded(value: unknown, { encoder }: { encoder: DriverValueEncoder<unknown, unknown> }): unknown {
  return value === null ? null : encoder.mapToDriverValue(value)
}

type Decoder = { mapFromDriverValue(value: unknown): unknown }

const AS_IT_IS = Column.prototype.mapFromDriverValue

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field
  const { decoder } = (is(field, SQL) ? field : (field as { sql: SQL }).sql) as unknown as { decoder: Decoder }
  return decoder
}

/** The same without making a function. */
function slowReaderOf(fields: Field[], joins: Joins): ReadRow {
  const columns = fields.map(({ path, field }, index) => {
    const decoder = decoderOf(field)
    const isPlain = decoder.mapFromDriverValue === AS_IT_IS
    return { path, index, decode: isPlain ? undefined : (value: unknown) => decoder.mapFromDriverValue(value) }
  })
  const groups = new Map<string, number[]>()
  for (const { path, index } of columns)
    if (path.length > 1) groups.set(path[0] ?? '', [...(groups.get(path[0] ?? '') ?? []), index])
  const absent = [...groups].filter(([, inside]) => mayBeAbsent(fields, inside, joins))
  return (row) => {
    const whole: Values = {}
    for (const { path, index, decode } of columns) {
      let node = whole
      for (const part of path.slice(0, -1)) {
        node[part] ??= {}
        node = node[part] as Values
      }
      const value = row[index] ?? null
      node[path.at(-1) ?? ''] = decode && value !== null ? decode(value) : value
    }
    for (const [name, [first = 0]] of absent) if (row[first] === null) whole[name] = null
    return whole
  }
}

/** A function made for the shape of these rows: an object as a literal, with its columns decoded in their places. */
function readerOf(fields: Field[], joins: Joins): ReadRow {
  const decoders = fields.map(({ field }) => decoderOf(field))
  const column = (index: number): string => {
    const isPlain = decoders[index]?.mapFromDriverValue === AS_IT_IS
    return isPlain
      ? `row[${index}]`
      : `(row[${index}] === null ? null : decoders[${index}].mapFromDriverValue(row[${index}]))`
  }
  const literal = (depth: number, inside: number[]): string => {
    const parts = new Map<string, number[]>()
    for (const index of inside) {
      const name = fields[index]?.path[depth] ?? ''
      parts.set(name, [...(parts.get(name) ?? []), index])
    }
    const entries = [...parts].map(([name, [first = 0, ...others]]) => {
      const isLeaf = fields[first]?.path.length === depth + 1
      const whole = isLeaf ? column(first) : literal(depth + 1, [first, ...others])
      const isAbsent = !isLeaf && depth === 0 && mayBeAbsent(fields, [first, ...others], joins)
      return `${JSON.stringify(name)}: ${isAbsent ? `row[${first}] === null ? null : ${whole}` : whole}`
    })
    return `{ ${entries.join(', ')} }`
  }
  const every = fields.map((_, index) => index)
  return new Function('decoders', `return (row) => (${literal(0, every)})`)(decoders) as ReadRow
}

/** By drizzle's rule: all columns are of one table that was left-joined; then the first, its key, says whether it is there. */
function mayBeAbsent(fields: Field[], inside: number[], joins: Joins): boolean {
  const tables = new Set(
    inside.flatMap((index) => {
      const field = fields[index]?.field
      return is(field, Column) ? [getTableName(field.table)] : []
    }),
  )
  const [table = ''] = tables
  return tables.size === 1 && !joins[table]
}
