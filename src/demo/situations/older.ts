import { PRACTICES, type Situation } from './shape.ts'

export const FALL: Situation = {
  wanted: { ages: [67, 92], facts: { fallOrAtRisk: true } },
  referrers: [...PRACTICES, 'hospital-discharge', 'hospital-discharge'],
  needs: ['falls', 'physical_activity'],
  reasons: [
    'Two falls at home since the spring, no fracture. Now holds on to the furniture and has stopped going out.',
    'Home from hospital after a fall in the bath. Steady with a frame but has lost all confidence on the stairs.',
  ],
  matters: ['I want to walk to the shop by myself again.', 'Getting down to the garden without being afraid.'],
  strengths: ['Keen gardener', 'Daughter visits on Sundays'],
  goals: ['Walk to the corner shop and back', 'Get up from the floor without help'],
  projects: ['falls-prevention'],
  priority: 'priority',
}

export const OLDER_SITUATIONS: [Situation, ...Situation[]] = [
  {
    wanted: { ages: [70, 90] },
    referrers: [...PRACTICES, 'adult-social-care', 'hospital-discharge'],
    needs: ['loneliness'],
    reasons: [
      'Comes to the surgery most weeks, mainly to talk. Widowed two years ago, and sees nobody from one week to the next.',
      'Lives alone since the move, family overseas. Eats little because cooking for one is no pleasure.',
    ],
    matters: ['Somebody to have a cup of tea with.', 'I used to play cards. I miss a good game.'],
    strengths: ['Good sense of humour', 'Plays cards', 'Knows the neighbourhood'],
    goals: ['Have company once a week', 'Go out of the house twice a week'],
    projects: ['communicare-befriending'],
  },
  {
    wanted: { ages: [52, 81], gender: 'man' },
    referrers: [...PRACTICES, 'adult-social-care'],
    needs: ['loneliness', 'low_mood'],
    reasons: [
      'Retired joiner, widowed last year. Low since then but not clinically depressed. Misses having something to do with his hands.',
      'Stopped driving after eye trouble and has dropped all his friends. Says he has no reason to get up.',
    ],
    matters: ['Making things, and a bit of banter.', 'I do not want to sit in a circle and talk about feelings.'],
    strengths: ['Woodwork', 'Patient teacher', 'Punctual'],
    goals: ['Be somewhere useful two mornings a week', 'Make one thing to be proud of'],
    projects: ['shirley-mens-shed'],
  },
  FALL,
  {
    wanted: { ages: [69, 91] },
    referrers: [...PRACTICES, 'adult-social-care', 'community-mental-health-team'],
    needs: ['memory_dementia', 'loneliness'],
    reasons: [
      'Early dementia, diagnosed in the summer. Both partners cope well but they no longer go anywhere together.',
      'Memory clinic has discharged with advice. Gets anxious in new places, loves music.',
    ],
    matters: ['Singing. I remember every word.', 'We would like to go out as a couple.'],
    strengths: ['Loves music', 'Long and happy marriage'],
    goals: ['Go out together every week', 'Meet others in the same boat'],
    projects: ['memory-cafes'],
  },
  {
    wanted: { ages: [47, 78], gender: 'woman' },
    referrers: [...PRACTICES, 'adult-social-care', 'hospital-discharge'],
    needs: ['carer_support'],
    reasons: [
      'Looks after her mother day and night, sleeps badly, own appointments missed three times.',
      'Main carer for a husband with Parkinson’s. Tearful in clinic, says she never has an hour to herself.',
    ],
    matters: ['One afternoon that is mine.', 'To know that he is safe while I am out.'],
    strengths: ['Very organised', 'Close to her sister'],
    goals: ['Have one free afternoon a week', 'Fill in the carer’s allowance form'],
    projects: ['carers-support'],
  },
]
