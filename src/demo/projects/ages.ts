import { aged, anyone, needs, route } from '../rules.ts'
import type { DemoProject } from '../shape.ts'

const FOR_YOUNG_PEOPLE = route('Schools, GP practices and navigators can refer, and young people can ask themselves', [
  'self',
  'school',
  'gp_practice',
  'navigation_service',
])

export const NO_LIMITS: DemoProject = {
  slug: 'no-limits-counselling',
  provider: 'no-limits',
  name: 'No Limits counselling',
  summary:
    'Free counselling for children and young people up to 18. You talk with the same counsellor each week, ' +
    'about anything that is on your mind. What you say stays private, unless someone is in danger.',
  firstVisit:
    'You meet a worker who explains how it works and asks what you would like. Someone you trust can wait for you.',
  greeter: 'Priya',
  howToRefer: 'Young people can ask themselves. A school, a GP practice or a navigator can send a referral.',
  contact: { name: 'Priya Nair', phone: '01632 960108' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['quiet_space'],
  interests: ['talking', 'art'],
  checkedDaysAgo: 14,
  needs: ['young_person', 'low_mood', 'anxiety'],
  rules: [aged(undefined, 18), FOR_YOUNG_PEOPLE],
  groups: [
    {
      name: 'Counselling in the city centre',
      schedule: 'Weekdays after school, 50 minutes a week',
      venue: 'Advice centre, city centre',
      capacity: { kind: 'places', places: 18 },
    },
    {
      name: 'Counselling at school',
      schedule: 'In school time, 50 minutes a week',
      venue: 'At your school',
      capacity: { kind: 'places', places: 10 },
      paused: 21,
    },
  ],
}

export const KOOTH: DemoProject = {
  slug: 'kooth-online',
  provider: 'kooth',
  name: 'Kooth online counselling',
  summary:
    'Counselling by chat for people aged 11 to 25, on your phone or computer. You do not have to give your real name ' +
    'to start. There are also stories and tips from other young people.',
  firstVisit: 'You make a nickname and answer a few questions. Then you book a chat, or leave a message at any time.',
  greeter: 'Sam',
  howToRefer: 'Young people can ask themselves. A school, a GP practice or a navigator can send a referral.',
  contact: { name: 'Sam Whitlow', phone: '01632 960109' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['online'],
  interests: ['writing', 'talking online'],
  checkedDaysAgo: 55,
  needs: ['young_person', 'low_mood', 'anxiety'],
  rules: [aged(11, 25), FOR_YOUNG_PEOPLE],
  groups: [
    {
      name: 'Weekly booked chat',
      schedule: 'Every day until 10pm, one booked hour a week',
      venue: 'Online',
      capacity: { kind: 'places', places: 25 },
    },
  ],
}

export const MEMORY_CAFES: DemoProject = {
  slug: 'memory-cafes',
  provider: 'dementia-friendly-southampton',
  name: 'Memory cafés and dementia-friendly groups',
  summary:
    'Friendly cafés and groups for people with memory problems, and for those who look after them. ' +
    'There is music, food and somebody to ask. Nobody minds what you forget.',
  firstVisit: 'Come together if you can. Iris sits with you both and tells you what is on. Leave whenever you wish.',
  greeter: 'Iris',
  howToRefer: 'You do not need a referral. Come, or ring Iris first. Anyone can tell us about somebody.',
  contact: { name: 'Iris Holloway', phone: '01632 960110' },
  cost: { pence: 0, note: 'A hot drink is free. There is a jar for gifts.' },
  languages: ['en', 'zh'],
  access: ['carers_welcome'],
  interests: ['singing', 'music', 'tea and cake', 'memories'],
  checkedDaysAgo: 21,
  needs: ['memory_dementia', 'carer_support'],
  rules: [needs('memory_dementia', 'carer_support'), anyone],
  groups: [
    {
      name: 'Memory café, Shirley',
      schedule: 'Second and fourth Tuesday, 2pm to 4pm, drop in',
      venue: 'Church hall, Shirley',
      capacity: { kind: 'open' },
    },
    {
      name: 'Memory café, Bitterne',
      schedule: 'First and third Thursday, 10am to 12 noon, drop in',
      venue: 'Library, Bitterne',
      capacity: { kind: 'open' },
    },
    {
      name: 'Singing together',
      schedule: 'Fridays, 2pm to 3pm, drop in',
      venue: 'Community centre, Woolston',
      capacity: { kind: 'open' },
    },
  ],
}
