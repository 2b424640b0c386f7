import type { z } from 'zod'

/** What a schema finds wrong, as the doors report it: a JSON pointer and words. */
export function faultsOf(schema: z.ZodType, input: unknown): { pointer: string; detail: string }[] {
  const { error } = schema.safeParse(input)
  return (error?.issues ?? []).map(({ path, message }) => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    detail: message,
  }))
}
