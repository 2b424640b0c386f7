import type { DemoOrganisation } from './shape.ts'

/**
 * The demonstration's organisations. Some bear the names of real ones, with the public codes of practices: nothing that
 * happens here is theirs, and every address ends in `.example`, which no mail can reach.
 */
const PRACTICES: [slug: string, name: string, odsCode: string][] = [
  ['st-marys-surgery', 'St Mary’s Surgery', 'J82081'],
  ['alma-road-surgery', 'Alma Road Surgery', 'J82122'],
  ['lordshill-health-centre', 'Lordshill Health Centre', 'J82002'],
  ['peartree-practice', 'The Peartree Practice', 'J82101'],
  ['solent-gp-surgery', 'Solent GP Surgery', 'J82024'],
  ['shirley-health-partnership', 'The Shirley Health Partnership', 'J82088'],
]

const HEALTH_AND_CARE: DemoOrganisation[] = [
  { slug: 'community-mental-health-team', name: 'Community Mental Health Team', kind: 'mental_health_team' },
  {
    slug: 'enhanced-primary-care-mental-health',
    name: 'Enhanced Primary Care Mental Health team',
    kind: 'mental_health_team',
  },
  { slug: 'hospital-discharge', name: 'Hospital Discharge Community Navigation', kind: 'health_service' },
  { slug: 'midwifery-service', name: 'Midwifery Service', kind: 'health_service' },
  { slug: 'speech-and-language-therapy', name: 'Speech and Language Therapy', kind: 'health_service' },
  { slug: 'adult-social-care', name: 'Adult Social Care', kind: 'social_care' },
  { slug: 'probation-service', name: 'Probation Service', kind: 'probation' },
  { slug: 'itchen-bridge-school', name: 'Itchen Bridge School', kind: 'school' },
]

const PARTNERS: [slug: string, name: string][] = [
  ['change-grow-live', 'Change Grow Live'],
  ['society-of-st-james', 'Society of St James'],
  ['preparing-for-adulthood', 'Preparing for Adulthood Navigation'],
]

const PROVIDERS: [slug: string, name: string, description: string][] = [
  ['community-roots', 'Community Roots', 'Grows food, and people’s confidence, on an allotment.'],
  ['shirley-mens-shed', 'Shirley Men’s Shed', 'A workshop run by its members.'],
  ['solent-mind', 'Solent Mind', 'Peer groups and workshops for people with poor mental health.'],
  ['communicare', 'Communicare', 'Volunteers who visit and ring people who are lonely.'],
  ['family-hubs', 'Family Hubs', 'Places where families find help, company and play.'],
  ['saints-foundation', 'Saints Foundation', 'Sport and exercise that helps people of all ages.'],
  ['mayfield-nurseries', 'Mayfield Nurseries', 'A plant nursery that is also a place to get well.'],
  ['peer-recovery', 'Peer Recovery', 'Groups led by people who have been through it.'],
  [
    'dementia-friendly-southampton',
    'Dementia Friendly Southampton',
    'Cafés and groups for people with memory problems and their carers.',
  ],
  ['no-limits', 'No Limits', 'Advice and counselling for children and young people.'],
  ['kooth', 'Kooth', 'Counselling online for young people.'],
  ['amparo', 'Amparo', 'Help after somebody has died by suicide.'],
  ['the-lighthouse', 'The Lighthouse', 'A calm place to go in a crisis.'],
  ['employment-support', 'Employment Support', 'Advisers who help people find work and keep it.'],
  ['community-transport', 'Community Transport', 'Lifts for people who cannot use the bus.'],
  ['carers-support', 'Carers Support', 'Help for people who look after somebody.'],
  ['housing-advice', 'Housing Advice', 'Help to keep a home or to find one.'],
  ['money-advice', 'Debt and Benefits Advice', 'Help with debts, bills and benefits.'],
  [
    'southampton-voluntary-services',
    'Southampton Voluntary Services',
    'Brings neighbours, volunteers and groups together.',
  ],
  ['energise-me', 'Energise Me', 'Helps people to be active where they live.'],
  ['st-marys-pilot', 'St Mary’s Pilot', 'People of St Mary’s who shape their own leisure centre.'],
]

const SERVICES: DemoOrganisation[] = [
  { slug: 'so-linked', name: 'SO:Linked', kind: 'navigation_service', isDefaultService: true, phone: '01632 960100' },
  { slug: 'public-health', name: 'Public Health', kind: 'commissioner' },
  { slug: 'trellis', name: 'Trellis', kind: 'operator' },
]

export const ORGANISATIONS: DemoOrganisation[] = [
  ...SERVICES,
  ...PRACTICES.map(([slug, name, odsCode]) => ({ slug, name, odsCode, kind: 'gp_practice' as const })),
  ...HEALTH_AND_CARE,
  ...PARTNERS.map(([slug, name]) => ({ slug, name, kind: 'referral_partner' as const })),
  ...PROVIDERS.map(([slug, name, description]) => ({ slug, name, description, kind: 'provider' as const })),
]
