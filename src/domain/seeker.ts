import { type AccessNeed, accessNeedsOf } from './access-needs.ts'
import type { Day } from './day.ts'
import type { Point } from './distance.ts'
import { assuredSince } from './freshness.ts'
import { isEnglish } from './languages.ts'
import type { PersonFacts } from './person.ts'
import { rootsOf } from './plain-words.ts'
import type { RiskKind } from './referral-request.ts'

/** Crisis offers stand first where one of these was disclosed. */
export const CRISIS_RISKS: readonly RiskKind[] = ['self_harm', 'domestic_abuse', 'safeguarding']

/** Why crisis offers stand first: a risk that was recorded, or a death by suicide. */
export type Crisis = 'risk' | 'suicide'

export function crisisOf(riskKinds: readonly RiskKind[], facts: PersonFacts): Crisis | null {
  if (riskKinds.some((kind) => CRISIS_RISKS.includes(kind))) return 'risk'
  return facts.bereavedBySuicide ? 'suicide' : null
}

/** Whoever lost somebody to suicide is bereaved, even where the referral is about something else. */
export function needsWith(needs: readonly string[], facts: PersonFacts): string[] {
  return facts.bereavedBySuicide ? [...new Set([...needs, 'bereavement'])] : [...needs]
}

/** What is known of somebody that tells good offers from less good ones; whether they may come, the rules say. */
export interface Seeker {
  needs: readonly string[]
  /** Each strength and interest as the roots of its words. */
  strengths: readonly ReadonlySet<string>[]
  home: Point | null
  /** Null where it is English, or nobody said. */
  language: string | null
  interpreter: boolean
  access: readonly AccessNeed[]
  crisis: Crisis | null
  today: Day
  /** What was confirmed before this day is stale. */
  assuredSince: Day
}

export function seekerOf(
  referral: { needs: string[]; strengths: string[] },
  person: {
    preferredLanguage: string | null
    interpreter: boolean | null
    communicationNeeds: string | null
    facts: PersonFacts
  },
  { home, riskKinds, today }: { home: Point | null; riskKinds: readonly RiskKind[]; today: Day },
): Seeker {
  const { preferredLanguage } = person
  return {
    needs: needsWith(referral.needs, person.facts),
    strengths: referral.strengths.map((text) => new Set(rootsOf(text))),
    home,
    language: preferredLanguage && !isEnglish(preferredLanguage) ? preferredLanguage : null,
    interpreter: person.interpreter ?? false,
    access: accessNeedsOf(person),
    crisis: crisisOf(riskKinds, person.facts),
    today,
    assuredSince: assuredSince(today),
  }
}
