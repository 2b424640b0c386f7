import { type Beside, contradictions } from '../../domain/eligibility-contradictions.ts'
import type { EligibilityRule } from '../../domain/eligibility-rules.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { worldFor } from '../../store/world.ts'

/** Refuses rules that nobody could ever meet, each with its reason. */
export async function requireSoundRules(db: Db, rules: EligibilityRule[], beside: Beside[]): Promise<void> {
  const world = await worldFor(db, [...rules, ...beside.flatMap((other) => other.rules)])
  const found = contradictions(rules, world, beside)
  if (found.length === 0) return
  throw new Refusal(
    'invalid-input',
    found.map(({ text }) => `${text}.`).join(' '),
    found.map(({ index, rule, text }) => ({ pointer: `/rules/${index}`, code: rule, detail: text })),
  )
}
