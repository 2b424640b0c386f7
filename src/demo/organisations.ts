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

const PROVIDERS: [slug: string, name: string][] = [
  ['community-roots', 'Community Roots'],
  ['shirley-mens-shed', 'Shirley Men’s Shed'],
  ['solent-mind', 'Solent Mind'],
  ['communicare', 'Communicare'],
  ['family-hubs', 'Family Hubs'],
  ['saints-foundation', 'Saints Foundation'],
  ['mayfield-nurseries', 'Mayfield Nurseries'],
  ['peer-recovery', 'Peer Recovery'],
  ['dementia-friendly-southampton', 'Dementia Friendly Southampton'],
  ['no-limits', 'No Limits'],
  ['kooth', 'Kooth'],
  ['amparo', 'Amparo'],
  ['the-lighthouse', 'The Lighthouse'],
  ['employment-support', 'Employment Support'],
  ['community-transport', 'Community Transport'],
  ['carers-support', 'Carers Support'],
  ['housing-advice', 'Housing Advice'],
  ['money-advice', 'Debt and Benefits Advice'],
  ['southampton-voluntary-services', 'Southampton Voluntary Services'],
  ['energise-me', 'Energise Me'],
  ['st-marys-pilot', 'St Mary’s Pilot'],
]

const SERVICES: DemoOrganisation[] = [
  { slug: 'so-linked', name: 'SO:Linked', kind: 'navigation_service', isDefaultService: true },
  { slug: 'public-health', name: 'Public Health', kind: 'commissioner' },
  { slug: 'trellis', name: 'Trellis', kind: 'operator' },
]

export const ORGANISATIONS: DemoOrganisation[] = [
  ...SERVICES,
  ...PRACTICES.map(([slug, name, odsCode]) => ({ slug, name, odsCode, kind: 'gp_practice' as const })),
  ...HEALTH_AND_CARE,
  ...PARTNERS.map(([slug, name]) => ({ slug, name, kind: 'referral_partner' as const })),
  ...PROVIDERS.map(([slug, name]) => ({ slug, name, kind: 'provider' as const })),
]
