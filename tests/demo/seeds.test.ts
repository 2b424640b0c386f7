import { describe, expect, it } from 'vitest'
import { PROJECTS } from '../../src/demo/projects.ts'
import type { DemoGroup, DemoProject } from '../../src/demo/shape.ts'
import { assess, type EligibilityFacts, EligibilityRule, type RouteKind } from '../../src/domain/eligibility.ts'

/** A grown-up of whom little is known, whom a navigator of the city's service would send. */
const SOMEBODY: EligibilityFacts = {
  age: 45,
  postcode: 'SO15 5AA',
  wardCode: null,
  needs: [],
  gender: null,
  origin: { kind: 'gp_practice', organisation: 'st-marys-surgery' },
  sender: { kind: 'navigation_service', organisation: 'so-linked' },
}

const NAVIGATOR = from('navigation_service', 'so-linked')
const GP = from('gp_practice', 'st-marys-surgery')
const HOSPITAL = from('health_service', 'hospital-discharge')
const MENTAL_HEALTH_TEAM = from('mental_health_team', 'community-mental-health-team')
const PROBATION = from('probation', 'probation-service')
const SCHOOL = from('school', 'itchen-bridge-school')
const CHANGE_GROW_LIVE = from('referral_partner', 'change-grow-live')
const ST_JAMES = from('referral_partner', 'society-of-st-james')
const SOCIAL_CARE = from('social_care', 'adult-social-care')
const SELF = from('self', null)
const SOLENT_MIND = from('provider', 'solent-mind')

const EVERYBODY = [NAVIGATOR, GP, HOSPITAL, MENTAL_HEALTH_TEAM, PROBATION, SCHOOL, CHANGE_GROW_LIVE, SOCIAL_CARE, SELF]

/** Came this way and is sent this way: the direct route, without a navigator in between. */
function from(kind: RouteKind, organisation: string | null): Partial<EligibilityFacts> {
  return { origin: { kind, organisation }, sender: { kind, organisation } }
}

function project(slug: string): DemoProject {
  const found = PROJECTS.find((candidate) => candidate.slug === slug)
  if (!found) throw new Error(`There is no project ${slug}.`)
  return found
}

function group(slug: string, part: string): DemoGroup {
  const found = project(slug).groups.find(({ name }) => name.includes(part))
  if (!found) throw new Error(`${slug} has no group ${part}.`)
  return found
}

function judged(slug: string, part: string, facts: Partial<EligibilityFacts>) {
  const rules = [...project(slug).rules, ...(group(slug, part).rules ?? [])].map((rule) => EligibilityRule.parse(rule))
  return assess({ ...SOMEBODY, ...facts }, rules)
}

/** Fits by each of these routes. */
function takes(slug: string, part: string, facts: Partial<EligibilityFacts>, routes: Partial<EligibilityFacts>[]) {
  for (const route of routes)
    expect(judged(slug, part, { ...facts, ...route }), JSON.stringify(route)).toMatchObject({ verdict: 'eligible' })
}

/** Does not fit, and hears of exactly these rules. */
function refuses(slug: string, part: string, facts: Partial<EligibilityFacts>, ...rules: string[]) {
  const { verdict, reasons } = judged(slug, part, facts)
  expect(verdict).toBe('not_eligible')
  const failed = reasons.filter((reason) => reason.verdict === 'not_eligible')
  expect(failed.map(({ rule }) => rule)).toEqual(rules)
  for (const { text } of failed) expect(text).toMatch(/^\S.*: this /)
}

describe('Community Roots', () => {
  const fits = { age: 34, recoveringFrom: ['depression'] }
  it('takes adults of the city in recovery, from every partner, health, navigators and themselves', () => {
    const routes = [CHANGE_GROW_LIVE, ST_JAMES, PROBATION, GP, HOSPITAL, MENTAL_HEALTH_TEAM, NAVIGATOR, SELF]
    takes('community-roots', 'Tuesday', fits, routes)
    takes('community-roots', 'Saturday', { recoveringFrom: ['alcohol'] }, routes)
  })
  it('says which rule stands against others', () => {
    refuses('community-roots', 'Tuesday', { ...fits, age: 17 }, 'age')
    refuses('community-roots', 'Tuesday', { ...fits, postcode: 'PO1 2AB' }, 'area')
    refuses('community-roots', 'Tuesday', { recoveringFrom: ['broken_leg'] }, 'recovering_from')
    refuses('community-roots', 'Tuesday', { ...fits, ...SCHOOL }, 'route')
  })
  it('asks when nobody said what the person recovers from', () => {
    expect(judged('community-roots', 'Tuesday', { age: 34 }).verdict).toBe('ask')
  })
})

describe('Shirley Men’s Shed', () => {
  it('takes whoever is lonely, men or not, from anyone', () => {
    takes('shirley-mens-shed', 'membership', { gender: 'man', needs: ['loneliness'] }, EVERYBODY)
    takes('shirley-mens-shed', 'membership', { gender: 'woman', needs: ['low_mood'] }, [SELF, GP])
  })
  it('is not for other needs', () => {
    refuses('shirley-mens-shed', 'membership', { gender: 'man', needs: ['money_debt'] }, 'need')
  })
  it('has room for about forty members', () => {
    expect(group('shirley-mens-shed', 'membership').capacity).toMatchObject({ kind: 'places' })
  })
})

describe('Solent Mind peer groups', () => {
  it('are 15 groups of 3 to 10 people', () => {
    const { groups } = project('solent-mind-peer-groups')
    expect(groups).toHaveLength(15)
    for (const { capacity } of groups) {
      expect(capacity.kind).toBe('places')
      if (capacity.kind === 'places') expect(capacity.places).toBeGreaterThanOrEqual(3)
      if (capacity.kind === 'places') expect(capacity.places).toBeLessThanOrEqual(10)
    }
  })
  it('of the general kind are open to anyone with poor mental health', () => {
    takes('solent-mind-peer-groups', 'Walk and talk', { needs: ['anxiety'] }, EVERYBODY)
    refuses('solent-mind-peer-groups', 'Walk and talk', { needs: ['housing'] }, 'need')
  })
  it('for a diagnosis take people from primary care and mental health teams only, whoever passes them on', () => {
    for (const [part, code] of [
      ['ADHD', 'adhd'],
      ['PTSD', 'ptsd'],
      ['Bipolar', 'bipolar'],
    ] as const) {
      takes('solent-mind-peer-groups', part, { diagnoses: [code] }, [
        GP,
        MENTAL_HEALTH_TEAM,
        { origin: { kind: 'gp_practice', organisation: 'st-marys-surgery' } },
      ])
      refuses('solent-mind-peer-groups', part, { diagnoses: [code], ...SELF }, 'route')
      refuses('solent-mind-peer-groups', part, { diagnoses: [code], ...SELF, sender: SOMEBODY.sender }, 'route')
      refuses('solent-mind-peer-groups', part, { diagnoses: ['asthma'] }, 'diagnosis')
      expect(judged('solent-mind-peer-groups', part, GP).verdict).toBe('ask')
    }
  })
  it('of the closed kind take severe and enduring needs from the same teams, and by invitation', () => {
    const fits = { severeMentalIllness: true }
    takes('solent-mind-peer-groups', 'Quiet circle', fits, [GP, MENTAL_HEALTH_TEAM, SOLENT_MIND])
    refuses('solent-mind-peer-groups', 'Quiet circle', { ...fits, ...SELF }, 'route')
    refuses('solent-mind-peer-groups', 'Quiet circle', { severeMentalIllness: false }, 'severe_mental_illness')
  })
})

describe('Communicare befriending', () => {
  it('takes lonely people from anyone, in the patch where they live', () => {
    takes('communicare-befriending', 'Shirley', { needs: ['loneliness'] }, EVERYBODY)
    takes('communicare-befriending', 'Woolston', { needs: ['loneliness'], postcode: 'SO19 9AA' }, [SELF])
  })
  it('says when the need or the patch is another', () => {
    refuses('communicare-befriending', 'Shirley', { needs: ['housing'] }, 'need')
    refuses('communicare-befriending', 'Woolston', { needs: ['loneliness'] }, 'area')
  })
  it('counts volunteers, one for each person', () => {
    for (const { capacity } of project('communicare-befriending').groups) expect(capacity.kind).toBe('one_to_one')
  })
})

describe('Family Hubs', () => {
  const clovelly = { needs: ['family_parenting'], wardCode: 'E05015493' }
  it('are seven hubs, and take families by practice, midwife, speech therapy or themselves', () => {
    const hubs = project('family-hubs').groups.filter(({ name }) => name.includes('stay and play'))
    expect(hubs).toHaveLength(7)
    const routes = [GP, from('health_service', 'midwifery-service'), SELF, NAVIGATOR]
    takes('family-hubs', 'Clovelly', clovelly, [...routes, from('health_service', 'speech-and-language-therapy')])
    takes('family-hubs', 'Clovelly', { needs: ['family_parenting'], postcode: 'SO14 0AA' }, routes)
    takes('family-hubs', 'One-to-one', clovelly, routes)
  })
  it('say which rule stands against others', () => {
    refuses('family-hubs', 'Clovelly', { ...clovelly, wardCode: 'E05015506' }, 'area')
    refuses('family-hubs', 'Clovelly', { ...clovelly, needs: ['falls'] }, 'need')
    refuses('family-hubs', 'Clovelly', { ...clovelly, ...PROBATION }, 'route')
  })
})

describe('Community falls prevention', () => {
  const fits = { age: 71, fallOrAtRisk: true }
  it('takes people of 65 or over who fell or may fall, from health, the hospital and themselves', () => {
    takes('falls-prevention', 'Thornhill', fits, [GP, HOSPITAL, NAVIGATOR, SELF])
    takes('falls-prevention', 'ward', { ...fits, age: 90 }, [HOSPITAL])
  })
  it('says which rule stands against others', () => {
    refuses('falls-prevention', 'Thornhill', { ...fits, age: 50 }, 'age')
    refuses('falls-prevention', 'Thornhill', { age: 71, fallOrAtRisk: false }, 'fall_or_at_risk')
    refuses('falls-prevention', 'Thornhill', { ...fits, ...PROBATION }, 'route')
  })
  it('runs in courses with a start and an end', () => {
    expect(project('falls-prevention').groups.filter(({ course }) => course)).toHaveLength(3)
  })
})

describe('SO14 Active', () => {
  it('takes everybody in SO14, from any partner', () => {
    takes('so14-active', 'football', { postcode: 'SO14 3AB' }, EVERYBODY)
  })
  it('is for SO14 alone', () => {
    refuses('so14-active', 'football', { postcode: 'SO15 5AA' }, 'area')
  })
})

describe('Saints By Your Side and Mayfield Nurseries', () => {
  const ROUTES = [MENTAL_HEALTH_TEAM, NAVIGATOR, SOLENT_MIND]
  it('take people with mental health needs from mental health partners and navigators', () => {
    takes('saints-by-your-side', 'Autumn', { gender: 'man', needs: ['low_mood'] }, ROUTES)
    takes('mayfield-nurseries', 'Monday', { gender: 'woman', needs: ['anxiety'] }, ROUTES)
  })
  it('say which rule stands against others', () => {
    refuses('saints-by-your-side', 'Autumn', { gender: 'woman', needs: ['low_mood'] }, 'gender_focus')
    refuses('saints-by-your-side', 'Autumn', { gender: 'man', needs: ['low_mood'], ...SELF }, 'route')
    refuses('mayfield-nurseries', 'Monday', { needs: ['housing'] }, 'need')
    refuses('mayfield-nurseries', 'Monday', { needs: ['anxiety'], ...SCHOOL }, 'route')
  })
})

describe('Enhanced Primary Care Mental Health team', () => {
  it('is a clinical team that is stepped up to, not a project', () => {
    expect(PROJECTS.some(({ provider }) => provider === 'enhanced-primary-care-mental-health')).toBe(false)
  })
})

describe('Peer recovery groups', () => {
  it('take people in recovery from mental health teams and navigators', () => {
    takes('peer-recovery-groups', 'Central', { recoveringFrom: ['psychosis'] }, [MENTAL_HEALTH_TEAM, NAVIGATOR])
  })
  it('say which rule stands against others', () => {
    refuses('peer-recovery-groups', 'Central', { recoveringFrom: ['alcohol'] }, 'recovering_from')
    refuses('peer-recovery-groups', 'Central', { recoveringFrom: ['psychosis'], ...SELF }, 'route')
  })
})

describe('Memory cafés', () => {
  it('take people with dementia and their carers from anyone', () => {
    takes('memory-cafes', 'Shirley', { needs: ['memory_dementia'] }, EVERYBODY)
    takes('memory-cafes', 'Singing', { needs: ['carer_support'] }, [SELF])
    expect(group('memory-cafes', 'Shirley').capacity.kind).toBe('open')
  })
  it('are not for other needs', () => {
    refuses('memory-cafes', 'Shirley', { needs: ['housing'] }, 'need')
  })
})

describe('Counselling for young people', () => {
  const ROUTES = [SELF, SCHOOL, GP]
  it('goes by age: up to 18 at No Limits, 11 to 25 at Kooth', () => {
    for (const age of [0, 18]) takes('no-limits-counselling', 'city centre', { age }, ROUTES)
    for (const age of [11, 25]) takes('kooth-online', 'chat', { age }, ROUTES)
    refuses('no-limits-counselling', 'city centre', { age: 19 }, 'age')
    for (const age of [10, 26]) refuses('kooth-online', 'chat', { age }, 'age')
    refuses('kooth-online', 'chat', { age: 16, ...PROBATION }, 'route')
  })
})

describe('Amparo and The Lighthouse', () => {
  it('are for crises: open to anyone from anyone, never full', () => {
    takes('amparo', 'Support', { needs: ['bereavement'] }, EVERYBODY)
    takes('the-lighthouse', 'Bitterne', {}, EVERYBODY)
    for (const slug of ['amparo', 'the-lighthouse']) {
      expect(project(slug).isCrisis).toBe(true)
      for (const { capacity } of project(slug).groups) expect(capacity.kind).toBe('open')
    }
  })
  it('refuse only what is no bereavement at Amparo', () => {
    refuses('amparo', 'Support', { needs: ['housing'] }, 'need')
  })
})

describe('Advice and support for one need', () => {
  const ADVISERS: [slug: string, need: string][] = [
    ['employment-support', 'work_skills'],
    ['community-transport', 'transport'],
    ['carers-support', 'carer_support'],
    ['housing-advice', 'housing'],
    ['debt-and-benefits-advice', 'money_debt'],
    ['debt-and-benefits-advice', 'benefits'],
  ]
  it.each(ADVISERS)('%s takes %s from navigators and mental health teams', (slug, need) => {
    takes(slug, '', { needs: [need] }, [NAVIGATOR, MENTAL_HEALTH_TEAM])
    refuses(slug, '', { needs: ['loneliness'] }, 'need')
    refuses(slug, '', { needs: [need], ...SELF }, 'route')
  })
})

describe('Networks and open places of a neighbourhood', () => {
  it.each(['so-links-networks', 'millbrook-together', 'st-marys-pilot', 'girls-in-parks'])(
    '%s turns nobody away',
    (slug) => {
      for (const { name, capacity } of project(slug).groups) {
        takes(slug, name, {}, EVERYBODY)
        expect(capacity.kind).toBe('open')
      }
    },
  )
})

describe('Volunteer and peer roles', () => {
  it('take whoever puts themselves forward, or comes by a navigator', () => {
    takes('volunteer-and-peer-roles', 'champions', {}, [SELF, NAVIGATOR])
    takes('volunteer-and-peer-roles', 'researchers', {}, [SELF, NAVIGATOR])
  })
  it('are not something one is sent to by others', () => {
    refuses('volunteer-and-peer-roles', 'researchers', GP, 'route')
  })
})
