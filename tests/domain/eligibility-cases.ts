import type { EligibilityFacts, EligibilityRule, Verdict } from '../../src/domain/eligibility.ts'

export const FACTS: EligibilityFacts = {
  age: 40,
  postcode: 'SO14 0DP',
  wardCode: null,
  needs: ['loneliness'],
  gender: null,
  origin: { kind: 'gp_practice', organisation: 'st-marys-surgery' },
  sender: { kind: 'navigation_service', organisation: 'so-linked' },
}

type Case = [situation: string, rule: EligibilityRule, facts: Partial<EligibilityFacts>, verdict: Verdict, text: RegExp]

export const ADULT: EligibilityRule = { rule: 'age', min: 18 }
const TEENS: EligibilityRule = { rule: 'age', min: 11, max: 25 }
const SO14: EligibilityRule = { rule: 'area', districts: ['SO14'], wards: [], name: 'SO14' }
const BEVOIS: EligibilityRule = { rule: 'area', districts: ['SO14', 'SO17'], wards: ['E05015493'], name: 'Bevois' }
const WARD_ONLY: EligibilityRule = { rule: 'area', districts: [], wards: ['E05015493'], name: 'Bevois' }
const CLINICAL: EligibilityRule = {
  rule: 'route',
  kinds: ['gp_practice', 'mental_health_team'],
  organisations: ['solent-mind'],
  originalOnly: true,
  says: 'Only GP practices and community mental health teams can refer',
}
const PARTNERS: EligibilityRule = {
  rule: 'route',
  kinds: ['self', 'navigation_service'],
  organisations: ['change-grow-live'],
  originalOnly: false,
  says: 'Change Grow Live, navigators, and you yourself',
}
const LONELY: EligibilityRule = { rule: 'need', anyOf: ['loneliness', 'bereavement'] }
const ADHD: EligibilityRule = { rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' }
export const SEVERE: EligibilityRule = { rule: 'severe_mental_illness' }
const RECOVERY: EligibilityRule = { rule: 'recovering_from', anyOf: ['alcohol', 'depression'], name: 'addiction' }
const FALL: EligibilityRule = { rule: 'fall_or_at_risk' }
export const MOSTLY_MEN: EligibilityRule = { rule: 'gender_focus', gender: 'man', refuses: false }
const WOMEN_ONLY: EligibilityRule = { rule: 'gender_focus', gender: 'woman', refuses: true }

const CITY: EligibilityRule = { rule: 'area', districts: ['SO14'], wards: [], localities: ['East'], name: 'the East' }
const MIXED: EligibilityRule = {
  rule: 'area',
  districts: [],
  wards: ['E05015493'],
  localities: ['East'],
  lsoas: ['E01017140'],
  name: 'our patch',
}
const INVITED: EligibilityRule = {
  rule: 'route',
  kinds: ['mental_health_team'],
  organisations: [],
  originalOnly: true,
  invitedTo: 'Quiet circle',
  says: 'Only mental health teams can refer, or you are invited',
}
const TRAVEL: EligibilityRule = { rule: 'travel' }
const NOT_IN_HOSPITAL: EligibilityRule = { rule: 'exclusion', who: 'are in hospital now' }
const NOT_PSYCHOSIS: EligibilityRule = { rule: 'exclusion', who: 'live with psychosis', diagnoses: ['psychosis'] }
const DOG: EligibilityRule = { rule: 'ask', question: 'Are you at ease with dogs?', wants: 'yes' }
const DRINK: EligibilityRule = { rule: 'ask', question: 'Will you have drunk on the day?', wants: 'no' }
export const said = (question: string, answer: boolean) => ({ answers: [{ question, answer }] })

export const nobody = { kind: 'provider', organisation: 'other' } as const

export const CASES: Case[] = [
  ['18 today', ADULT, { age: 18 }, 'eligible', /^For adults$/],
  ['17', ADULT, { age: 17 }, 'not_eligible', /^For adults: this person is 17$/],
  ['at the lower end', TEENS, { age: 11 }, 'eligible', /^For people aged 11 to 25$/],
  ['at the upper end', TEENS, { age: 25 }, 'eligible', /11 to 25/],
  ['above it', TEENS, { age: 26 }, 'not_eligible', /this person is 26/],
  ['a baby where there is no lower end', { rule: 'age', max: 18 }, { age: 0 }, 'eligible', /aged 18 or under/],
  ['lives in the district', SO14, {}, 'eligible', /^For people living in SO14$/],
  ['lives in another', SO14, { postcode: 'SO19 1AA' }, 'not_eligible', /this person lives in SO19/],
  ['lives in one that begins alike', SO14, { postcode: 'SO1 4AB' }, 'not_eligible', /lives in SO1$/],
  ['no postcode known', SO14, { postcode: null }, 'ask', /Ask: Does the person live, or mostly stay, in SO14\?/],
  ['lives in the ward', BEVOIS, { wardCode: 'E05015493', postcode: 'SO19 1AA' }, 'eligible', /Bevois/],
  ['the ward decides, not the district', BEVOIS, { wardCode: 'E05015502' }, 'not_eligible', /lives in Shirley/],
  ['no ward known: the district stands in', BEVOIS, {}, 'eligible', /Bevois/],
  ['only wards named, none known', WARD_ONLY, {}, 'ask', /Ask: Does the person live, or mostly stay, in Bevois\?/],
  ['a practice referred', CLINICAL, {}, 'eligible', /^Only GP practices/],
  ['the navigator passes it on: the first referrer counts', CLINICAL, { sender: nobody }, 'eligible', /Only GP/],
  [
    'only the sender would be allowed',
    CLINICAL,
    { origin: { kind: 'self', organisation: null }, sender: FACTS.origin },
    'not_eligible',
    /: this referral comes from the person themselves$/,
  ],
  [
    'invited by the provider',
    CLINICAL,
    { origin: { kind: 'provider', organisation: 'solent-mind' } },
    'eligible',
    /Only/,
  ],
  ['through a navigator', PARTNERS, {}, 'eligible', /Change Grow Live/],
  ['by themselves', PARTNERS, { origin: { kind: 'self', organisation: null }, sender: nobody }, 'eligible', /you/],
  [
    'by the named partner',
    PARTNERS,
    { origin: { kind: 'referral_partner', organisation: 'change-grow-live' }, sender: nobody },
    'eligible',
    /Change/,
  ],
  [
    'by another partner',
    PARTNERS,
    { origin: { kind: 'referral_partner', organisation: 'another' }, sender: nobody },
    'not_eligible',
    /: this referral comes from a partner organisation, through another project$/,
  ],
  ['one of the needs', LONELY, { needs: ['housing', 'bereavement'] }, 'eligible', /loneliness or isolation, bereave/],
  ['none of them', LONELY, { needs: ['housing'] }, 'not_eligible', /: this person needs help with other things$/],
  ['has the diagnosis', ADHD, { diagnoses: ['ptsd', 'adhd'] }, 'eligible', /^For people with ADHD$/],
  ['has another', ADHD, { diagnoses: ['ptsd'] }, 'not_eligible', /: this person has not$/],
  ['is known to have none', ADHD, { diagnoses: [] }, 'not_eligible', /this person has not/],
  ['nobody said', ADHD, {}, 'ask', /Ask: Does the person have ADHD\?/],
  ['yes', SEVERE, { severeMentalIllness: true }, 'eligible', /severe and enduring/],
  ['no', SEVERE, { severeMentalIllness: false }, 'not_eligible', /this person has other needs/],
  ['nobody said', SEVERE, {}, 'ask', /Ask: /],
  ['from one of them', RECOVERY, { recoveringFrom: ['depression'] }, 'eligible', /recovering from addiction/],
  ['from something else', RECOVERY, { recoveringFrom: ['a broken leg'] }, 'not_eligible', /: this person is not$/],
  ['nobody said', RECOVERY, {}, 'ask', /Ask: /],
  ['had a fall', FALL, { fallOrAtRisk: true }, 'eligible', /had a fall/],
  ['did not', FALL, { fallOrAtRisk: false }, 'not_eligible', /: this person is not$/],
  ['nobody said', FALL, {}, 'ask', /Ask: Has the person had a fall/],
  [
    'a woman: it informs, it does not refuse',
    MOSTLY_MEN,
    { gender: 'woman' },
    'eligible',
    /^Mostly men, others welcome$/,
  ],
  ['a man', MOSTLY_MEN, { gender: 'man' }, 'eligible', /Mostly men/],
  ['not known: nothing to ask where nothing hangs on it', MOSTLY_MEN, {}, 'eligible', /Mostly men/],
  ['a woman, where the rules refuse', WOMEN_ONLY, { gender: 'woman' }, 'eligible', /^For women$/],
  ['a man, where the rules refuse', WOMEN_ONLY, { gender: 'man' }, 'not_eligible', /^For women: this person is a man$/],
  ['not known, where the rules refuse', WOMEN_ONLY, {}, 'ask', /Ask: Does the person describe themselves as a woman\?/],
  [
    'asked, and yes',
    WOMEN_ONLY,
    said('Does the person describe themselves as a woman?', true),
    'eligible',
    /^For women$/,
  ],
  [
    'asked, and no',
    WOMEN_ONLY,
    said('Does the person describe themselves as a woman?', false),
    'not_eligible',
    /is not$/,
  ],
  [
    'on record goes before what was answered',
    WOMEN_ONLY,
    { gender: 'man', ...said('Does the person describe themselves as a woman?', true) },
    'not_eligible',
    /a man$/,
  ],
  [
    'lives in that part of the city',
    CITY,
    { locality: 'East', postcode: 'SO19 1AA' },
    'eligible',
    /living in the East/,
  ],
  ['in whatever case it is written', CITY, { locality: 'east' }, 'eligible', /East/],
  ['lives in another part', CITY, { locality: 'West', wardCode: 'E05015502' }, 'not_eligible', /lives in Shirley$/],
  [
    'by the official name of the ward',
    CITY,
    { locality: 'West', wardCode: 'E1', wardName: 'Old Town' },
    'not_eligible',
    /Old Town$/,
  ],
  ['no part known: the district stands in', CITY, { locality: null }, 'eligible', /East/],
  [
    'any of several kinds of place will do',
    MIXED,
    { wardCode: 'E05015502', lsoaCode: 'E01017140' },
    'eligible',
    /our patch/,
  ],
  [
    'not there, as far as all kinds are known',
    MIXED,
    { wardCode: 'E05015502', locality: 'West', lsoaCode: 'E01000001' },
    'not_eligible',
    /Shirley$/,
  ],
  [
    'one kind is not known',
    MIXED,
    { wardCode: 'E05015502', locality: 'West' },
    'ask',
    /Ask: Does the person live, or mostly stay, in our patch\?$/,
  ],
  [
    'asked where they stay: no fixed address',
    SO14,
    { postcode: null, ...said('does the person live,  or mostly stay, in so14?', true) },
    'eligible',
    /SO14$/,
  ],
  [
    'asked, and elsewhere',
    SO14,
    { postcode: null, ...said('Does the person live, or mostly stay, in SO14?', false) },
    'not_eligible',
    /lives in another area$/,
  ],
  ['by the team', INVITED, { origin: { kind: 'mental_health_team', organisation: null } }, 'eligible', /Only mental/],
  ['perhaps invited', INVITED, {}, 'ask', /Ask: Has the person been invited to Quiet circle\?$/],
  ['invited', INVITED, said('Has the person been invited to Quiet circle?', true), 'eligible', /or you are invited$/],
  ['invited to something else', INVITED, said('Has the person been invited to Art table?', true), 'ask', /Ask: /],
  [
    'not invited',
    INVITED,
    said('Has the person been invited to Quiet circle?', false),
    'not_eligible',
    /comes from a GP practice$/,
  ],
  ['asked for the diagnosis, and yes', ADHD, said('Does the person have ADHD?', true), 'eligible', /ADHD$/],
  ['asked for the diagnosis, and no', ADHD, said('Does the person have ADHD?', false), 'not_eligible', /has not$/],
  [
    'asked what from, and yes',
    RECOVERY,
    said('Is the person recovering from addiction?', true),
    'eligible',
    /addiction$/,
  ],
  ['nobody has a need on record', LONELY, { needs: [] }, 'not_eligible', /no need on record$/],
  ['can', TRAVEL, { canTravel: true }, 'eligible', /^For people who can get there/],
  ['cannot', TRAVEL, { canTravel: false }, 'not_eligible', /: this person cannot$/],
  ['nobody said', TRAVEL, {}, 'ask', /Ask: Can the person get to a project, alone or with somebody\?$/],
  [
    'nobody said',
    NOT_IN_HOSPITAL,
    {},
    'ask',
    /^Not for people who are in hospital now\. Ask: Is the person one of those who are in hospital now\?$/,
  ],
  [
    'is one of them',
    NOT_IN_HOSPITAL,
    said('Is the person one of those who are in hospital now?', true),
    'not_eligible',
    /: this person is one of them$/,
  ],
  [
    'is none of them',
    NOT_IN_HOSPITAL,
    said('Is the person one of those who are in hospital now?', false),
    'eligible',
    /^Not for people who are in hospital now$/,
  ],
  ['has the diagnosis that is left out', NOT_PSYCHOSIS, { diagnoses: ['Psychosis'] }, 'not_eligible', /one of them$/],
  ['has others', NOT_PSYCHOSIS, { diagnoses: ['adhd'] }, 'eligible', /live with psychosis$/],
  ['nobody said which', NOT_PSYCHOSIS, {}, 'ask', /Ask: Is the person one of those who live with psychosis\?$/],
  ['not asked yet', DOG, {}, 'ask', /^Ask: Are you at ease with dogs\?$/],
  [
    'the answer that lets in',
    DOG,
    said('Are you at ease with dogs?', true),
    'eligible',
    /^Asked first: Are you at ease with dogs\? Yes$/,
  ],
  [
    'the other answer',
    DOG,
    said('Are you at ease with dogs?', false),
    'not_eligible',
    /dogs\?: this person’s answer is no$/,
  ],
  ['asked in other words: asked again', DOG, said('Are you at ease with cats?', true), 'ask', /^Ask: /],
  ['no is what lets in', DRINK, said('Will you have drunk on the day?', false), 'eligible', /\? No$/],
  ['yes does not', DRINK, said('Will you have drunk on the day?', true), 'not_eligible', /answer is yes$/],
  ['would rather not say: that is not known, not "no"', WOMEN_ONLY, { gender: 'not_stated' }, 'ask', /Ask: /],
]
