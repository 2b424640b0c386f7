import type { z } from 'zod'
import type { Fault } from '../../domain/refusal.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** "/person/address/lines/0" (RFC 6901). */
export function pointerTo(path: Path): string {
  return path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}

// A path may lead into what a text was cut into: then the text is what was sent.
function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : value),
    input,
  )
}

const TOO_BIG: Record<string, string> = { string: 'too-long', array: 'too-many', set: 'too-many' }
const TOO_SMALL: Record<string, string> = { string: 'missing', array: 'too-few', set: 'too-few' }

function codeOf(issue: Issue, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'missing'
  switch (issue.code) {
    case 'too_big':
      return TOO_BIG[issue.origin] ?? 'too-large'
    case 'too_small':
      return TOO_SMALL[issue.origin] ?? 'too-small'
    case 'invalid_type':
    case 'invalid_union':
      return 'wrong-type'
    case 'invalid_value':
      return 'not-on-list'
    case 'invalid_format':
      return 'wrong-format'
    default:
      return 'not-valid'
  }
}

// Of the alternatives of a union, the one that the input got furthest into: a list of risks with a wrong kind is told
// about the kind, not that it is not "none_known".
function closestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue[] | undefined {
  const inside = issue.errors.filter((branch) => branch.some(({ path }) => path.length > 0))
  return inside.length === 1 ? inside[0] : undefined
}

function faultsOfIssue(issue: Issue, before: Path, input: unknown): Fault[] {
  const path = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerTo([...path, key]),
      code: 'unknown-key',
      detail: `There is no “${shown(key)}” here. Check its spelling, or leave it out.`,
    }))
  const closest = issue.code === 'invalid_union' ? closestBranch(issue) : undefined
  if (closest) return closest.flatMap((inner) => faultsOfIssue(inner, path, input))
  return [{ pointer: pointerTo(path), code: codeOf(issue, valueAt(input, path)), detail: issue.message }]
}

const shown = (key: string) => (key.length > 60 ? `${key.slice(0, 60)}…` : key)

/** Everything that is wrong with an input, each with its place, a stable code and words. */
export function faultsOf(error: { issues: readonly Issue[] }, input: unknown): Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, [], input))
}
