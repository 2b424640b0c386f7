import { PRACTICES, type Situation } from './shape.ts'

export const PRACTICAL_SITUATIONS: Situation[] = [
  {
    wanted: { ages: [24, 67] },
    referrers: [...PRACTICES, 'society-of-st-james', 'adult-social-care'],
    needs: ['money_debt', 'benefits'],
    reasons: [
      'Bailiff letters lie unopened in a drawer. Headaches and poor sleep. May not get all the benefits there are.',
      'Hours cut at work, rent behind by two months, choosing between heating and food.',
    ],
    matters: ['To open the post without feeling sick.', 'That the children do not notice.'],
    strengths: ['Good with numbers once calm', 'Never missed rent before this year'],
    goals: ['Open every letter', 'Agree a payment that can be kept'],
    projects: ['debt-and-benefits-advice'],
    priority: 'priority',
  },
  {
    wanted: { ages: [22, 61] },
    referrers: ['society-of-st-james', 'probation-service', ...PRACTICES],
    needs: ['housing'],
    reasons: [
      'Black mould in the child’s bedroom, landlord does not answer. Third chest infection this year.',
      'Released in October, sleeps on a friend’s sofa until the end of the month.',
    ],
    matters: ['A door that I can lock.', 'A dry room for my little one.'],
    strengths: ['Keeps appointments', 'Handy about the house'],
    goals: ['Have the damp inspected', 'Find somewhere to stay past the end of the month'],
    projects: ['housing-advice'],
    priority: 'priority',
  },
  {
    wanted: { ages: [23, 59] },
    referrers: ['community-mental-health-team', ...PRACTICES, 'probation-service'],
    needs: ['work_skills', 'low_mood'],
    reasons: [
      'Wants to go back to work after eighteen months of illness. Was a care assistant. Fears the interview more than the job.',
      'Never had a paid job, but ran the kitchen at the hostel for a year and was good at it.',
    ],
    matters: ['My own money.', 'Being good at something again.'],
    strengths: ['Cooks for thirty', 'Gets on with older people'],
    goals: ['Write a CV', 'Go to two interviews'],
    projects: ['employment-support'],
  },
  {
    wanted: { ages: [66, 89] },
    referrers: [...PRACTICES, 'hospital-discharge'],
    needs: ['transport', 'loneliness'],
    reasons: [
      'Cannot manage the bus since the hip operation. Has given up the lunch club that kept her going.',
      'No longer drives. Misses hospital appointments because taxis cost too much.',
    ],
    matters: ['My Thursday lunch club.', 'Not having to ask my son every time.'],
    strengths: ['Cheerful', 'Many old friends'],
    goals: ['Get to the club every week', 'Get to the hospital on time'],
    projects: ['community-transport'],
  },
  {
    wanted: { ages: [28, 55], isNewToEnglish: true },
    referrers: [...PRACTICES, 'adult-social-care'],
    needs: ['language_settling', 'loneliness'],
    reasons: [
      'Came last year to join family. Was a teacher, speaks little English so far and knows nobody outside the house.',
      'Settled status, works nights, would like the family to get to know people nearby.',
    ],
    matters: ['To speak with neighbours.', 'That my children feel at home.'],
    strengths: ['Speaks three languages', 'Trained teacher'],
    goals: ['Know five neighbours by name', 'Hold a short talk in English'],
    projects: ['so-links-networks', 'volunteer-and-peer-roles', 'millbrook-together'],
  },
]
