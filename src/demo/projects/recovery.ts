import { adults, anyone, genderFocus, livingInSouthampton, needs, recoveringFrom, route } from '../rules.ts'
import type { DemoProject } from '../shape.ts'

/** Codes that referrers use for what somebody is recovering from. */
const MENTAL_HEALTH: [string, ...string[]] = [
  'mental_health',
  'mental_illness',
  'depression',
  'anxiety',
  'ptsd',
  'bipolar',
  'psychosis',
  'schizophrenia',
]
const SUBSTANCE_USE = ['alcohol', 'alcohol_use', 'drugs', 'substance_use']

export const COMMUNITY_ROOTS: DemoProject = {
  slug: 'community-roots',
  provider: 'community-roots',
  name: 'Community Roots',
  summary:
    'An allotment in the city where you grow food with other people. There is always someone to show you how. ' +
    'You can work as much or as little as you like, then share what we cook.',
  firstVisit:
    'Owen meets you at the gate and shows you round. You can just look and have a cup of tea. ' +
    'Wear old shoes. We lend you gloves and tools.',
  greeter: 'Owen',
  howToRefer: 'Send a referral, or ring Owen to ask for a place yourself.',
  contact: { name: 'Owen Tregear', phone: '01632 960121' },
  cost: { pence: 0, note: 'Lunch is free. Bring old shoes.' },
  languages: ['en', 'pl'],
  access: ['quiet_space'],
  interests: ['gardening', 'growing food', 'cooking', 'being outdoors'],
  checkedDaysAgo: 9,
  needs: ['low_mood', 'anxiety', 'recovery_substance', 'loneliness', 'physical_activity'],
  rules: [
    adults,
    livingInSouthampton,
    recoveringFrom('a mental health condition, or from alcohol or drugs', ...MENTAL_HEALTH, ...SUBSTANCE_USE),
    route(
      'Change Grow Live, the Society of St James, probation, health professionals, social prescribers and community ' +
        'navigators can refer, and you can refer yourself',
      ['self', 'gp_practice', 'health_service', 'mental_health_team', 'navigation_service', 'probation'],
      { organisations: ['change-grow-live', 'society-of-st-james', 'probation-service'] },
    ),
  ],
  groups: [
    {
      name: 'Tuesday allotment day',
      schedule: 'Tuesdays, 10am to 1pm',
      venue: 'Community Roots allotment, gate on the south side',
      capacity: { kind: 'places', places: 12 },
    },
    {
      name: 'Thursday allotment day',
      schedule: 'Thursdays, 1pm to 4pm',
      venue: 'Community Roots allotment, gate on the south side',
      capacity: { kind: 'places', places: 12 },
    },
    {
      name: 'Saturday grow and cook',
      schedule: 'Saturdays, 10am to 2pm',
      venue: 'Community Roots allotment kitchen',
      capacity: { kind: 'places', places: 8 },
      isUnconfirmed: true,
    },
  ],
}

export const MENS_SHED: DemoProject = {
  slug: 'shirley-mens-shed',
  provider: 'shirley-mens-shed',
  name: 'Shirley Men’s Shed',
  summary:
    'A workshop where people make and mend things side by side, and talk if they feel like it. ' +
    'Most members are men. You do not need any skills to start.',
  firstVisit:
    'Gordon makes you a drink and shows you the benches. Nobody asks why you came. ' +
    'You learn how to use each tool safely before you start.',
  greeter: 'Gordon',
  howToRefer: 'Come on an open morning, or ring Gordon. Anyone can refer.',
  contact: { name: 'Gordon Pike', phone: '01632 960122' },
  cost: { pence: 200, note: 'For each visit. Nobody is turned away for money.' },
  languages: ['en'],
  access: [],
  interests: ['making things', 'woodwork', 'mending', 'tea and talk'],
  checkedDaysAgo: 33,
  needs: ['loneliness', 'low_mood', 'anxiety'],
  rules: [genderFocus('man'), needs('loneliness', 'low_mood', 'anxiety'), anyone],
  groups: [
    {
      name: 'Shed membership',
      schedule: 'Open Tuesdays, Wednesdays and Fridays, 9.30am to 12.30pm',
      venue: 'Behind the Methodist church, St James Road, Shirley',
      capacity: { kind: 'places', places: 46 },
    },
  ],
}

const MENTAL_HEALTH_PARTNERS = route(
  'Mental health teams, mental health charities and navigators can refer',
  ['mental_health_team', 'navigation_service'],
  { organisations: ['solent-mind'] },
)

export const SAINTS_BY_YOUR_SIDE: DemoProject = {
  slug: 'saints-by-your-side',
  provider: 'saints-foundation',
  name: 'Saints By Your Side',
  summary:
    'A weekly group for men who are going through a hard time. You play some sport, eat together and talk ' +
    'with a coach who has time for you.',
  firstVisit: 'A coach meets you at the door ten minutes early. You can sit out the sport on your first day.',
  greeter: 'Coach Theo',
  howToRefer: 'A mental health team, a mental health charity or a navigator sends a referral.',
  contact: { name: 'Theo Marchetti', phone: '01632 960123' },
  cost: { pence: 0, note: 'The meal is free.' },
  languages: ['en'],
  access: [],
  interests: ['football', 'sport', 'eating together'],
  checkedDaysAgo: 22,
  needs: ['low_mood', 'anxiety', 'loneliness'],
  rules: [genderFocus('man', true), needs('low_mood', 'anxiety', 'loneliness'), MENTAL_HEALTH_PARTNERS],
  groups: [
    {
      name: 'Autumn programme',
      schedule: 'Wednesdays, 6pm to 8pm, for twelve weeks',
      venue: 'Community sports hall, St Mary’s',
      capacity: { kind: 'places', places: 16 },
      course: { weekday: 3, startsInWeeks: -7, weeks: 12 },
    },
    {
      name: 'New year programme',
      schedule: 'Mondays, 6pm to 8pm, for twelve weeks',
      venue: 'Community sports hall, St Mary’s',
      capacity: { kind: 'places', places: 16 },
      course: { weekday: 1, startsInWeeks: 8, weeks: 12 },
    },
  ],
}

export const MAYFIELD_NURSERIES: DemoProject = {
  slug: 'mayfield-nurseries',
  provider: 'mayfield-nurseries',
  name: 'Mayfield Nurseries',
  summary:
    'A plant nursery where growing things helps you feel better. A trained therapist plans each day with you, ' +
    'from sowing seeds to serving customers.',
  firstVisit: 'You have a look round and a talk with Robin. You choose one small job to try. You can stop at any time.',
  greeter: 'Robin',
  howToRefer: 'A mental health team, a mental health charity or a navigator sends a referral.',
  contact: { name: 'Robin Ashby', phone: '01632 960124' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['quiet_space'],
  interests: ['gardening', 'plants', 'being outdoors'],
  checkedDaysAgo: 97,
  needs: ['low_mood', 'anxiety', 'work_skills'],
  rules: [needs('low_mood', 'anxiety'), MENTAL_HEALTH_PARTNERS],
  groups: [
    {
      name: 'Monday growing programme',
      schedule: 'Mondays, 9.30am to 3pm',
      venue: 'Mayfield Nurseries, Weston',
      capacity: { kind: 'places', places: 10 },
    },
    {
      name: 'Friday growing programme',
      schedule: 'Fridays, 9.30am to 3pm',
      venue: 'Mayfield Nurseries, Weston',
      capacity: { kind: 'places', places: 10 },
      paused: 'until further notice',
    },
  ],
}

export const PEER_RECOVERY: DemoProject = {
  slug: 'peer-recovery-groups',
  provider: 'peer-recovery',
  name: 'Peer recovery groups',
  summary:
    'Small groups led by people who have been through mental illness and are getting better. ' +
    'You make your own plan. Many people go on to volunteer.',
  firstVisit: 'Nadia rings you the day before. You can bring a friend the first time. You only speak if you want to.',
  greeter: 'Nadia',
  howToRefer: 'A mental health team or a navigator sends a referral.',
  contact: { name: 'Nadia Rahman', phone: '01632 960125' },
  cost: { pence: 0 },
  languages: ['en'],
  access: [],
  interests: ['talking', 'learning', 'helping others'],
  checkedDaysAgo: 44,
  needs: ['low_mood', 'anxiety', 'loneliness', 'work_skills'],
  rules: [
    recoveringFrom('mental illness', ...MENTAL_HEALTH),
    route('Mental health teams and navigators can refer', ['mental_health_team', 'navigation_service']),
  ],
  groups: [
    {
      name: 'Central recovery group',
      schedule: 'Tuesdays, 2pm to 3.30pm',
      venue: 'Central Library, meeting room',
      capacity: { kind: 'places', places: 8 },
    },
    {
      name: 'East side recovery group',
      schedule: 'Thursdays, 10.30am to 12 noon',
      venue: 'Community centre, Bitterne',
      capacity: { kind: 'places', places: 8 },
    },
  ],
}
