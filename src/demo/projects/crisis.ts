import { anyone, needs } from '../rules.ts'
import type { DemoProject } from '../shape.ts'

export const AMPARO: DemoProject = {
  slug: 'amparo',
  provider: 'amparo',
  name: 'Amparo',
  summary:
    'Help for anyone who has lost somebody to suicide, however long ago. One person supports you, ' +
    'with feelings and with the things that have to be done.',
  firstVisit:
    'A support worker rings within a day, and can come to your home. There is no limit on how often you talk.',
  greeter: 'Miriam',
  howToRefer: 'Anyone can ask, for themselves or for somebody else. Somebody rings within a day.',
  contact: { name: 'Miriam Foley', phone: '01632 960112' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['home_visits', 'online'],
  interests: ['talking'],
  checkedDaysAgo: 10,
  needs: ['bereavement'],
  rules: [needs('bereavement'), anyone],
  isCrisis: true,
  groups: [
    {
      name: 'Support after suicide',
      schedule: 'Every day, at a time that suits you',
      venue: 'At your home, by phone or by video',
      capacity: { kind: 'open' },
    },
  ],
}

export const THE_LIGHTHOUSE: DemoProject = {
  slug: 'the-lighthouse',
  provider: 'the-lighthouse',
  name: 'The Lighthouse',
  summary:
    'A safe, calm place to go when you cannot cope and feel in crisis. You do not need an appointment. ' +
    'Trained staff and people who have been through it sit with you.',
  firstVisit: 'Knock or ring the bell. You are met straight away and given a drink. You decide what to talk about.',
  greeter: 'Whoever is on shift',
  howToRefer: 'You do not need a referral or an appointment. Come to the door, or ring.',
  contact: { phone: '01632 960113' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['quiet_space'],
  interests: ['talking'],
  checkedDaysAgo: 6,
  needs: ['low_mood', 'anxiety', 'safety_abuse'],
  rules: [anyone],
  isCrisis: true,
  groups: [
    {
      name: 'The Lighthouse, Shirley',
      schedule: 'Every evening, 4.30pm to midnight',
      venue: 'Shirley',
      capacity: { kind: 'open' },
    },
    {
      name: 'The Lighthouse, Bitterne',
      schedule: 'Every evening, 4.30pm to midnight',
      venue: 'Bitterne',
      capacity: { kind: 'open' },
    },
  ],
}
