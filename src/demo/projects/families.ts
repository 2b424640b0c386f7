import { livingIn, livingInSouthampton, needs, route } from '../rules.ts'
import type { DemoGroup, DemoProject } from '../shape.ts'

interface Hub {
  name: string
  wards: string[]
  districts: string[]
  dropIn: string
}

const CLOVELLY = {
  name: 'Clovelly Family Hub',
  wards: ['Bevois', 'Bargate', 'Swaythling'],
  districts: ['SO14', 'SO16', 'SO17', 'SO18'],
  dropIn: 'Mondays and Thursdays, 9.30am to 11.30am',
}

/** Only the first hub's wards are on record; the others share out the rest of the city for the demonstration. */
const HUBS: Hub[] = [
  CLOVELLY,
  {
    name: 'Shirley Family Hub',
    wards: ['Shirley', 'Freemantle', 'Banister & Polygon'],
    districts: ['SO15', 'SO16'],
    dropIn: 'Tuesdays, 9.30am to 11.30am',
  },
  {
    name: 'Redbridge Family Hub',
    wards: ['Redbridge', 'Millbrook'],
    districts: ['SO15', 'SO16'],
    dropIn: 'Wednesdays, 9.30am to 11.30am',
  },
  {
    name: 'Coxford Family Hub',
    wards: ['Coxford', 'Bassett'],
    districts: ['SO16'],
    dropIn: 'Fridays, 9.30am to 11.30am',
  },
  {
    name: 'Bitterne Park Family Hub',
    wards: ['Bitterne Park', 'Harefield', 'Portswood'],
    districts: ['SO17', 'SO18'],
    dropIn: 'Mondays, 1pm to 3pm',
  },
  {
    name: 'Thornhill Family Hub',
    wards: ['Thornhill', 'Sholing'],
    districts: ['SO18', 'SO19'],
    dropIn: 'Tuesdays and Fridays, 1pm to 3pm',
  },
  {
    name: 'Woolston Family Hub',
    wards: ['Woolston', 'Peartree'],
    districts: ['SO18', 'SO19'],
    dropIn: 'Thursdays, 1pm to 3pm',
  },
]

function areaOf({ wards, districts }: Hub) {
  return livingIn(wards.join(', ').replace(/, ([^,]+)$/, ' or $1'), districts, wards)
}

function stayAndPlay(hub: Hub): DemoGroup {
  return {
    name: `${hub.name}: stay and play`,
    schedule: hub.dropIn,
    venue: hub.name,
    rules: [areaOf(hub)],
    capacity: { kind: 'open' },
  }
}

/** Courses are short enough to be worth a bus across the city, so they take families from all of it. */
function parenting(name: string, venue: string, weekday: number, startsInWeeks: number, at: string): DemoGroup {
  return {
    name,
    schedule: `${at}, for eight weeks`,
    venue,
    rules: [livingInSouthampton],
    capacity: { kind: 'places', places: 12 },
    course: { weekday, startsInWeeks, weeks: 8 },
  }
}

export const FAMILY_HUBS: DemoProject = {
  slug: 'family-hubs',
  provider: 'family-hubs',
  name: 'Family Hubs',
  summary:
    'Places for families with babies and children, and for parents to be. You can play, meet other parents and ask ' +
    'about feeding, sleep, speech or special needs. Some help is one to one.',
  firstVisit:
    'Ring the bell and say it is your first time. Somebody shows you round and stays with you. Bring the children.',
  greeter: 'Shanice',
  howToRefer:
    'Families can come themselves. A GP practice, a midwife, a speech and language therapist or a navigator can refer.',
  contact: { name: 'Shanice Bell', phone: '01632 960114' },
  cost: { pence: 0 },
  languages: ['en', 'pl', 'ro', 'pt'],
  access: ['children_welcome'],
  interests: ['playing', 'cooking', 'meeting other parents', 'babies'],
  checkedDaysAgo: 28,
  needs: ['family_parenting', 'loneliness', 'language_settling'],
  rules: [
    needs('family_parenting'),
    route(
      'Practice nurses and GPs, midwives, speech and language therapists and navigators can refer, and families can ' +
        'come themselves',
      ['self', 'gp_practice', 'health_service', 'navigation_service'],
    ),
  ],
  groups: [
    stayAndPlay(CLOVELLY),
    ...HUBS.filter((hub) => hub !== CLOVELLY).map(stayAndPlay),
    parenting('Calm parenting course', 'Clovelly Family Hub', 2, -2, 'Tuesdays, 10am to 12 noon'),
    parenting('Parents of under-fives course', 'Thornhill Family Hub', 4, 2, 'Thursdays, 10am to 12 noon'),
    parenting('Parents of teenagers course', 'Redbridge Family Hub', 3, 3, 'Wednesdays, 6pm to 8pm'),
    {
      name: 'Feeding your baby: satellite hub',
      schedule: 'Fridays, 10am to 12 noon, beside the baby clinic',
      venue: 'GP surgery, Nichols Town',
      rules: [areaOf(CLOVELLY)],
      capacity: { kind: 'open' },
    },
    {
      name: 'One-to-one family support',
      schedule: 'An hour a week, at a time that suits you',
      venue: 'At home or in your nearest hub',
      rules: [livingInSouthampton],
      capacity: { kind: 'one_to_one', places: 14 },
    },
  ],
}
