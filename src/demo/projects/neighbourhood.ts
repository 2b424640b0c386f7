import { genderFocus, route } from '../rules.ts'
import type { DemoGroup, DemoProject } from '../shape.ts'

function openEvent(name: string, schedule: string, venue: string): DemoGroup {
  return { name, schedule, venue, capacity: { kind: 'open' } }
}

/** For a neighbourhood, not a patient: nobody is turned away, so no rule here refuses anybody. */
export const NEIGHBOURHOOD: DemoProject[] = [
  {
    slug: 'so-links-networks',
    provider: 'southampton-voluntary-services',
    name: 'SO:Links neighbourhood networks',
    summary:
      'Neighbours, groups and services of one part of the city meet to swap news, spot what is missing and start things. ' +
      'Everyone may come and say what they think.',
    firstVisit: 'Come in, have some food and sit where you like. Somebody tells you who is who.',
    greeter: 'Bryony',
    howToRefer: 'You do not need a referral. Come along.',
    contact: { name: 'Bryony Marsh', phone: '01632 960115' },
    cost: { pence: 0, note: 'Food is free.' },
    languages: ['en', 'pl', 'ro', 'zh'],
    access: ['children_welcome'],
    interests: ['neighbours', 'starting something', 'local news'],
    checkedDaysAgo: 47,
    isOpenAccess: true,
    needs: ['loneliness', 'language_settling', 'something_else'],
    rules: [],
    groups: [
      openEvent('SO18 community breakfast', 'Four times a year, 9am to 11am', 'Community centre, Townhill Park'),
      openEvent('SO14 network', 'First Tuesday of every other month, 6pm to 7.30pm', 'Central Library'),
      openEvent('SO16 network', 'Second Wednesday of every other month, 10am to 11.30am', 'Library, Lordshill'),
      openEvent('SO19 network', 'Third Thursday of every other month, 1pm to 2.30pm', 'Library, Woolston'),
    ],
  },
  {
    slug: 'millbrook-together',
    provider: 'energise-me',
    name: 'Energise Me Millbrook',
    summary:
      'A map of everything good that goes on in Millbrook, made by the people who live there. ' +
      'There are walks, things for young people and neighbours who help.',
    firstVisit: 'Lewis walks you round and introduces you to two or three people. You can add to the map.',
    greeter: 'Lewis',
    howToRefer: 'You do not need a referral. Come along, or ring Lewis to walk with you the first time.',
    contact: { name: 'Lewis Adair', phone: '01632 960116' },
    cost: { pence: 0 },
    languages: ['en'],
    access: ['children_welcome'],
    interests: ['walking', 'neighbours', 'history'],
    checkedDaysAgo: 104,
    isOpenAccess: true,
    needs: ['loneliness', 'physical_activity'],
    rules: [],
    groups: [
      openEvent('Millbrook open afternoon', 'Last Friday of the month, 3pm to 5pm', 'Community hall, Millbrook'),
    ],
  },
  {
    slug: 'st-marys-pilot',
    provider: 'st-marys-pilot',
    name: 'St Mary’s pilot',
    summary:
      'People of St Mary’s decide how to use their leisure centre: for health, for learning and to find work. ' +
      'Come and say what you would like to see.',
    firstVisit: 'There is a table by the door with tea. Put your idea on the wall, or help with somebody else’s.',
    greeter: 'Faduma',
    howToRefer: 'You do not need a referral. Come along.',
    contact: { name: 'Faduma Warsame', phone: '01632 960117' },
    cost: { pence: 0 },
    languages: ['en', 'pl', 'zh'],
    access: ['children_welcome'],
    interests: ['learning', 'exercise', 'neighbours'],
    checkedDaysAgo: 36,
    isOpenAccess: true,
    needs: ['work_skills', 'physical_activity', 'loneliness'],
    rules: [],
    groups: [openEvent('Open house', 'Thursdays, 3pm to 6pm', 'Leisure centre, St Mary’s')],
  },
  {
    slug: 'girls-in-parks',
    provider: 'southampton-voluntary-services',
    name: 'Teenage girls in parks',
    summary:
      'Girls of about 11 to 17 meet in the park, play, draw and plan what would make it a better place for them. ' +
      'Women from the area are always there.',
    firstVisit:
      'Bring a friend if you like. You can join in or watch. Somebody stays until everyone has been picked up.',
    greeter: 'Keira',
    howToRefer: 'You do not need a referral. A parent can ring first to hear where we meet.',
    contact: { name: 'Keira Stokes', phone: '01632 960118' },
    cost: { pence: 0 },
    languages: ['en'],
    access: ['children_welcome'],
    interests: ['drawing', 'games', 'being outdoors'],
    checkedDaysAgo: 'never',
    isOpenAccess: true,
    // Whom it is for is said and matched by the need; it turns nobody away.
    needs: ['young_person'],
    rules: [genderFocus('woman')],
    groups: [openEvent('Park afternoon', 'Sundays, 2pm to 4pm, March to October', 'Local parks, see the poster')],
  },
]

export const VOLUNTEERING: DemoProject = {
  slug: 'volunteer-and-peer-roles',
  provider: 'southampton-voluntary-services',
  name: 'Volunteer and peer roles',
  summary:
    'For people who want to give something as well as get help. You share news with your neighbours, ' +
    'or ask people what matters to them and write it down. You get training, and your costs are paid.',
  firstVisit: 'Catrin asks what you enjoy and how much time you have. You go along with another volunteer first.',
  greeter: 'Catrin',
  howToRefer: 'Put yourself forward by ringing Catrin, or ask a navigator to send a referral.',
  contact: { name: 'Catrin Howells', phone: '01632 960119' },
  cost: { pence: 0, note: 'Your travel and lunch are paid.' },
  languages: ['en', 'pl'],
  access: ['transport_help'],
  interests: ['helping others', 'talking to people', 'learning'],
  checkedDaysAgo: 62,
  needs: ['work_skills', 'loneliness'],
  rules: [route('Navigators can refer, and you can put yourself forward', ['self', 'navigation_service'])],
  groups: [
    {
      name: 'Community champions',
      schedule: 'When you have time',
      venue: 'Where you live',
      capacity: { kind: 'open' },
    },
    {
      name: 'Peer researchers',
      schedule: 'About six hours a week for six months',
      venue: 'Across the city',
      capacity: { kind: 'places', places: 14 },
    },
  ],
}
