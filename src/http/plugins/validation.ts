import type { FastifySchemaCompiler } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { type Fault, Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'
import { faultsOf } from './faults.ts'

/** A refusal of an input, with every fault at once. */
export function invalidInput(faults: Fault[]): Refusal {
  const [first, ...others] = faults
  const detail =
    first && others.length === 0 ? first.detail : `${faults.length} parts of the request are missing or not right.`
  return new Refusal('invalid-input', detail, faults)
}

// The same words as for what is hidden, so that the two cannot be told apart.
const nothingHere = () => new Refusal('not-found', 'There is nothing here that you can see.')

const validator: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (input) => {
    const parsed = schema.safeParse(input)
    if (parsed.success) return { value: parsed.data }
    // An address that cannot be is an address where nothing is.
    if (httpPart === 'params') return { error: nothingHere() }
    return { error: invalidInput(faultsOf(parsed.error, input)) }
  }

/**
 * Requests and answers are zod shapes: strict on the way in, and nothing that is not in the shape on the way out. Said
 * when the server is made, so that it never loads the compilers of JSON Schema it would bring itself.
 */
export const SCHEMA_CONTROLLER = {
  compilersFactory: { buildValidator: (() => validator) as never, buildSerializer: () => serializerCompiler as never },
}

/** What no shape can say of an input. */
export function addValidation(app: App): void {
  // PostgreSQL cannot even look for a text with NUL in it.
  app.addHook('onRequest', (request, _reply, done) => {
    const isOdd = Object.values(request.params ?? {}).some((part) => /\p{Cc}/u.test(String(part)))
    done(isOdd ? nothingHere() : undefined)
  })
  // A body sent as text/plain would reach the handler unread by any schema.
  app.removeContentTypeParser('text/plain')
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined)
    return parseJson(request, String(text), (error, body) => {
      if (!error && hasHalfCharacters(String(text))) done(invalidInput([HALF_CHARACTER]), undefined)
      else done(error, body)
    })
  })
}

const HALF_CHARACTER = {
  pointer: '',
  code: 'not-valid',
  detail: 'The text has half a character in it (a lone surrogate), which cannot be kept.',
}

// Only an escape can smuggle half of a pair through UTF-8, and PostgreSQL cannot store it.
function hasHalfCharacters(json: string): boolean {
  return /\\u[dD][89a-fA-F]/.test(json) && /\p{Surrogate}/u.test(json.replace(/\\u[0-9a-fA-F]{4}|\\./g, unescaped))
}

function unescaped(code: string): string {
  return code.length === 6 ? String.fromCharCode(Number.parseInt(code.slice(2), 16)) : ''
}
