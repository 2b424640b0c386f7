import type { NeedCode } from '../../domain/needs.ts'
import type { Priority, RiskKind } from '../../domain/referral-request.ts'
import type { PersonWanted } from '../people.ts'

/** Why somebody is referred, in whose words, and which projects could take them. */
export interface Situation {
  wanted: PersonWanted
  /** Organisations that would refer somebody like this. */
  referrers: [string, ...string[]]
  needs: [NeedCode, ...NeedCode[]]
  reasons: [string, ...string[]]
  matters: [string, ...string[]]
  strengths: string[]
  goals: [string, ...string[]]
  /** Slugs of projects, of which any may be chosen. */
  projects: [string, ...string[]]
  priority?: Priority
  risk?: { kind: RiskKind; detail: string }
}

/** Practices refer most, and the one with a printed sign-in most of all. */
export const PRACTICES: [string, ...string[]] = [
  'st-marys-surgery',
  'st-marys-surgery',
  'st-marys-surgery',
  'alma-road-surgery',
  'lordshill-health-centre',
  'peartree-practice',
  'solent-gp-surgery',
  'shirley-health-partnership',
]
