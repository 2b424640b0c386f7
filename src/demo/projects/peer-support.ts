import { anyone, diagnosedWith, needs, route } from '../rules.ts'
import type { DemoGroup, DemoProject } from '../shape.ts'

const OPEN_TO_ALL = [needs('low_mood', 'anxiety'), anyone]

const BY_CLINICAL_TEAMS = route(
  'Only GP practices and community mental health teams can refer',
  ['gp_practice', 'mental_health_team'],
  { originalOnly: true },
)

const CLOSED = [
  { rule: 'severe_mental_illness' } as const,
  route(
    'Only GP practices and community mental health teams can refer, or Solent Mind invites you',
    ['gp_practice', 'mental_health_team'],
    { organisations: ['solent-mind'], originalOnly: true },
  ),
]

type Line = [name: string, schedule: string, venue: string, places: number]

function general([name, schedule, venue, places]: Line): DemoGroup {
  return { name, schedule, venue, rules: OPEN_TO_ALL, capacity: { kind: 'places', places } }
}

function closed([name, schedule, venue, places]: Line): DemoGroup {
  return { name, schedule, venue, rules: CLOSED, capacity: { kind: 'places', places } }
}

function forDiagnosis(code: string, said: string, [name, schedule, venue, places]: Line): DemoGroup {
  const rules = [diagnosedWith(said, code), BY_CLINICAL_TEAMS]
  return { name, schedule, venue, rules, capacity: { kind: 'places', places } }
}

export const SOLENT_MIND: DemoProject = {
  slug: 'solent-mind-peer-groups',
  provider: 'solent-mind',
  name: 'Solent Mind peer groups',
  summary:
    'Groups for people who live with poor mental health, led by someone who has been there too. ' +
    'You talk, make things or go for a walk together, with tea and biscuits.',
  firstVisit:
    'The group leader rings you first. On the day you are met at the door and told how the group works. ' +
    'You do not have to speak.',
  greeter: 'The group leader',
  howToRefer:
    'For the general groups anyone can refer, and you can ask to join yourself. For the others a GP practice or a community mental health team refers.',
  contact: { name: 'Oliver Dunn', phone: '01632 960120' },
  cost: { pence: 0 },
  languages: ['en'],
  access: ['quiet_space'],
  interests: ['walking', 'art', 'writing', 'music', 'talking'],
  checkedDaysAgo: 15,
  needs: ['low_mood', 'anxiety', 'loneliness'],
  rules: [],
  groups: [
    general(['Monday coffee and chat', 'Mondays, 10.30am to 12 noon', 'Wellbeing centre, city centre', 10]),
    general(['Walk and talk', 'Tuesdays, 11am to 12.30pm', 'Southampton Common, by the main gate', 10]),
    general(['Art table', 'Wednesdays, 1pm to 3pm', 'Central Library', 8]),
    general(['Writing workshop', 'Thursdays, 2pm to 4pm', 'Library, Shirley', 8]),
    general(['Evening peer group', 'Thursdays, 6.30pm to 8pm', 'Wellbeing centre, city centre', 10]),
    general(['Music workshop', 'Fridays, 11am to 12.30pm', 'Community centre, Bitterne', 8]),
    general(['Managing worry workshop', 'First Saturday of the month, 10am to 1pm', 'Wellbeing centre', 10]),
    general(['Woolston peer group', 'Wednesdays, 10am to 11.30am', 'Library, Woolston', 6]),
    forDiagnosis('adhd', 'ADHD', ['ADHD peer group', 'Mondays, 6pm to 7.30pm', 'Wellbeing centre', 10]),
    forDiagnosis('adhd', 'ADHD', ['ADHD online group', 'Wednesdays, 7pm to 8pm', 'Online, by video', 8]),
    forDiagnosis('ptsd', 'PTSD', ['PTSD peer group', 'Tuesdays, 5pm to 6.30pm', 'Wellbeing centre', 6]),
    forDiagnosis('bipolar', 'bipolar disorder', [
      'Bipolar peer group',
      'Fridays, 2pm to 3.30pm',
      'Wellbeing centre, city centre',
      8,
    ]),
    closed(['First steps out', 'Mondays, 1pm to 2pm', 'Wellbeing centre, quiet room', 4]),
    closed(['Quiet circle', 'Wednesdays, 11am to 12 noon', 'Wellbeing centre, quiet room', 5]),
    closed(['Friday small group', 'Fridays, 10am to 11am', 'Community centre, Shirley', 3]),
  ],
}
