import { aged, anyone, genderFocus, livingIn, route } from '../rules.ts'
import type { DemoGroup, DemoProject } from '../shape.ts'

function balanceClass(name: string, venue: string, weekday: number, startsInWeeks: number, at: string): DemoGroup {
  return {
    name,
    schedule: `${at}, for twelve weeks`,
    venue,
    capacity: { kind: 'places', places: 14 },
    course: { weekday, startsInWeeks, weeks: 12 },
  }
}

export const FALLS_PREVENTION: DemoProject = {
  slug: 'falls-prevention',
  provider: 'saints-foundation',
  name: 'Community falls prevention',
  summary:
    'Classes that make your legs stronger and your balance better, so that you are less likely to fall. ' +
    'Trained coaches help you at your own pace, sitting or standing.',
  firstVisit:
    'A coach checks how steady you are and what you want to be able to do. Wear flat shoes. Family can come too.',
  greeter: 'Coach Marta',
  howToRefer: 'A health professional, the hospital or a navigator can refer. You can also ring and ask for a place.',
  contact: { name: 'Marta Lindqvist', phone: '01632 960101' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['transport_help', 'carers_welcome'],
  interests: ['moving to music', 'getting stronger', 'meeting people'],
  checkedDaysAgo: 12,
  needs: ['falls', 'physical_activity'],
  rules: [
    aged(65),
    { rule: 'fall_or_at_risk' },
    route('Health professionals, the hospital and navigators can refer, and you can refer yourself', [
      'self',
      'gp_practice',
      'health_service',
      'mental_health_team',
      'navigation_service',
    ]),
  ],
  groups: [
    balanceClass('Strength and balance, Thornhill', 'Church hall, Thornhill', 1, -8, 'Mondays, 10am to 11am'),
    balanceClass('Strength and balance, Millbrook', 'Community centre, Millbrook', 3, -5, 'Wednesdays, 2pm to 3pm'),
    balanceClass('Strength and balance, St Mary’s', 'Leisure centre, St Mary’s', 5, 2, 'Fridays, 11am to 12 noon'),
    {
      name: 'On the ward',
      schedule: 'Weekdays, while you are in hospital and for four weeks after',
      venue: 'Hospital wards and your home',
      capacity: { kind: 'one_to_one', places: 6 },
    },
  ],
}

export const SO14_ACTIVE: DemoProject = {
  slug: 'so14-active',
  provider: 'saints-foundation',
  name: 'SO14 Active',
  summary:
    'Free sport and exercise in the parks and halls of SO14, for all ages. Come on your own or with your family. ' +
    'It is about having fun and meeting people, not about being good at it.',
  firstVisit: 'Turn up in clothes you can move in. A coach says hello, takes a name and finds you something to try.',
  greeter: 'Coach Dee',
  howToRefer: 'You do not need a referral. Turn up, or anyone who helps you can tell us that you are coming.',
  contact: { name: 'Dee Okoro', phone: '01632 960102' },
  cost: { pence: 0 },
  languages: ['en', 'pl', 'pt'],
  access: ['children_welcome'],
  interests: ['football', 'cycling', 'being outdoors', 'exercise', 'family time'],
  checkedDaysAgo: 40,
  needs: ['physical_activity', 'loneliness', 'low_mood'],
  rules: [livingIn('SO14', ['SO14']), anyone],
  groups: [
    {
      name: 'Walking football',
      schedule: 'Mondays, 5pm to 6pm, drop in',
      venue: 'Hoglands Park',
      capacity: { kind: 'open' },
    },
    {
      name: 'Women’s fitness',
      schedule: 'Wednesdays, 10am to 11am, drop in',
      venue: 'Leisure centre, St Mary’s',
      rules: [genderFocus('woman')],
      capacity: { kind: 'open' },
    },
    {
      name: 'Family sport in the park',
      schedule: 'Saturdays, 11am to 1pm, drop in',
      venue: 'Houndwell Park',
      capacity: { kind: 'open' },
    },
    {
      name: 'Learn to cycle',
      schedule: 'Thursdays, 4pm to 5pm',
      venue: 'Palmerston Park',
      capacity: { kind: 'places', places: 8 },
    },
  ],
}
