import { several, type Values } from './forms.ts'

/** What stands now and what was typed, for templates/partials/conflict.njk: only where the two differ. */
export interface Conflict {
  by: string | null
  at: Date | null
  lines: { label: string; now: string; typed: string }[]
}

const said = (values: Values, field: string) =>
  several(values, field)
    .map((value) => value.trim())
    .join(', ')

/** `labels` names the fields that matter to a person, in their order; `now` holds what stands as a form would show it. */
export function conflictOf(
  labels: Record<string, string>,
  typed: Values,
  now: Values,
  whose: { by?: string | null; at?: Date | null } = {},
): Conflict {
  const lines = Object.entries(labels)
    .map(([field, label]) => ({ label, now: said(now, field), typed: said(typed, field) }))
    .filter((line) => line.now !== line.typed)
  return { by: whose.by ?? null, at: whose.at ?? null, lines }
}
