import type { Role } from '../domain/organisation.ts'
import type { DemoUser } from './shape.ts'

type Line = [mailbox: string, organisation: string, role: Role, name: string]

/** Whose addresses are printed when the demonstration starts; each shows the service from another side. */
const SIGN_INS: Line[] = [
  ['referrer', 'st-marys-surgery', 'referrer', 'Dr Amara Nwosu'],
  ['referrer', 'change-grow-live', 'referrer', 'Callum Reid'],
  ['navigator', 'so-linked', 'navigator', 'Priya Raman'],
  ['lead', 'so-linked', 'triage_lead', 'Helen Whitcombe'],
  ['worker', 'community-roots', 'provider_worker', 'Owen Hartley'],
  ['worker', 'shirley-mens-shed', 'provider_worker', 'Gordon Pike'],
  ['worker', 'solent-mind', 'provider_worker', 'Leila Haddad'],
  ['worker', 'communicare', 'provider_worker', 'Joan Abbott'],
  ['worker', 'saints-foundation', 'provider_worker', 'Tyrone Baptiste'],
  ['worker', 'family-hubs', 'provider_worker', 'Megan Llewellyn'],
  ['referrer', 'probation-service', 'referrer', 'Derek Osei'],
  ['referrer', 'community-mental-health-team', 'referrer', 'Ruth Castellano'],
  ['team', 'enhanced-primary-care-mental-health', 'triage_lead', 'Dr Samir Chowdhury'],
  ['analyst', 'public-health', 'analyst', 'Ingrid Solberg'],
  ['admin', 'so-linked', 'organisation_admin', 'Yvonne Castle'],
  ['admin', 'st-marys-surgery', 'organisation_admin', 'Martin Frayne'],
  ['admin', 'trellis', 'system_admin', 'Niamh Doherty'],
]

const COLLEAGUES: Line[] = [
  ['marta', 'so-linked', 'navigator', 'Marta Kowalczyk'],
  ['joseph', 'so-linked', 'navigator', 'Joseph Adeyemi'],
  ['nurse', 'st-marys-surgery', 'referrer', 'Siobhan Keane'],
  ['referrer', 'alma-road-surgery', 'referrer', 'Dr Wei Ling Tan'],
  ['referrer', 'lordshill-health-centre', 'referrer', 'Dr Peter Aldous'],
  ['referrer', 'peartree-practice', 'referrer', 'Dr Farah Siddiqui'],
  ['referrer', 'solent-gp-surgery', 'referrer', 'Jo Penhaligon'],
  ['referrer', 'shirley-health-partnership', 'referrer', 'Dr Andrei Popa'],
  ['referrer', 'hospital-discharge', 'referrer', 'Colette Marsh'],
  ['referrer', 'midwifery-service', 'referrer', 'Bethan Rowe'],
  ['referrer', 'speech-and-language-therapy', 'referrer', 'Hugo Lindqvist'],
  ['referrer', 'adult-social-care', 'referrer', 'Patience Mensah'],
  ['referrer', 'itchen-bridge-school', 'referrer', 'Simon Tarrant'],
  ['referrer', 'society-of-st-james', 'referrer', 'Kelly Brannigan'],
  ['referrer', 'preparing-for-adulthood', 'referrer', 'Tomasz Wrona'],
  ['peers', 'solent-mind', 'provider_worker', 'Dawn Everitt'],
  ['worker', 'mayfield-nurseries', 'provider_worker', 'Robin Fairweather'],
  ['worker', 'peer-recovery', 'provider_worker', 'Nadia Petrova'],
  ['worker', 'dementia-friendly-southampton', 'provider_worker', 'Iris Okafor'],
  ['worker', 'no-limits', 'provider_worker', 'Jamal Wright'],
  ['worker', 'kooth', 'provider_worker', 'Ffion Pryce'],
  ['worker', 'amparo', 'provider_worker', 'Michael Strand'],
  ['worker', 'the-lighthouse', 'provider_worker', 'Grace Tembo'],
  ['worker', 'employment-support', 'provider_worker', 'Anil Kapadia'],
  ['worker', 'community-transport', 'provider_worker', 'Barry Munson'],
  ['worker', 'carers-support', 'provider_worker', 'Lucia Ferreira'],
  ['worker', 'housing-advice', 'provider_worker', 'Denise Carver'],
  ['worker', 'money-advice', 'provider_worker', 'Hassan Yilmaz'],
  ['worker', 'southampton-voluntary-services', 'provider_worker', 'Catrin Bowen'],
  ['worker', 'energise-me', 'provider_worker', 'Lewis Amory'],
  ['worker', 'st-marys-pilot', 'provider_worker', 'Zainab Bello'],
]

function userOf([mailbox, organisation, role, name]: Line): DemoUser {
  return { mailbox, name, memberships: [{ organisation, role }] }
}

export function emailOf({ mailbox, memberships: [first] }: DemoUser): string {
  return `${mailbox}@${first.organisation}.example`
}

/** A link worker who serves two organisations, and so has to say for which one she acts. */
const TWO_HATS: DemoUser = {
  mailbox: 'link-worker',
  name: 'Ewa O’Sullivan',
  memberships: [
    { organisation: 'solent-gp-surgery', role: 'referrer' },
    { organisation: 'so-linked', role: 'navigator' },
  ],
}

export const SIGN_IN_USERS = SIGN_INS.map(userOf)
export const USERS = [...SIGN_IN_USERS, ...COLLEAGUES.map(userOf), TWO_HATS]
