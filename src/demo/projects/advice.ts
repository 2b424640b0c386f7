import type { NeedCode } from '../../domain/needs.ts'
import { needs, route } from '../rules.ts'
import type { DemoProject } from '../shape.ts'

const BY_NAVIGATORS = route('Navigators and mental health teams can refer', [
  'navigation_service',
  'mental_health_team',
])

/** One adviser's caseload: who may come is decided by what they need. */
function advice(
  about: Omit<DemoProject, 'needs' | 'rules' | 'groups'>,
  codes: [NeedCode, ...NeedCode[]],
  caseloads: [name: string, places: number, venue: string][],
): DemoProject {
  const [first, ...others] = caseloads.map(([name, places, venue]) => ({
    name,
    venue,
    schedule: 'By appointment, Monday to Friday',
    capacity: { kind: 'places' as const, places },
  }))
  if (!first) throw new Error(`${about.slug} has no adviser`)
  return { ...about, needs: codes, rules: [needs(...codes), BY_NAVIGATORS], groups: [first, ...others] }
}

export const ADVICE: DemoProject[] = [
  advice(
    {
      slug: 'employment-support',
      provider: 'employment-support',
      name: 'Employment support',
      summary:
        'An adviser who helps you find a paid job that you want, and helps you keep it. ' +
        'You can start before you feel quite well.',
      firstVisit: 'You talk about work you liked and work you would like. You leave with one small step to try.',
      greeter: 'Anil',
      howToRefer: 'A navigator or a mental health team sends a referral. Say what work the person would like.',
      contact: { name: 'Anil Deshpande', phone: '01632 960103' },
      cost: { pence: 0 },
      languages: ['en', 'pl'],
      access: ['by_bus'],
      interests: ['work', 'learning', 'computers'],
      checkedDaysAgo: 25,
    },
    ['work_skills'],
    [
      ['Anil’s caseload', 20, 'Job club, city centre'],
      ['East side caseload', 20, 'Library, Bitterne'],
    ],
  ),
  advice(
    {
      slug: 'community-transport',
      provider: 'community-transport',
      name: 'Community transport',
      summary:
        'A lift from a volunteer driver, when you cannot use the bus. ' +
        'For shopping, clubs and seeing friends. The minibus takes wheelchairs.',
      firstVisit: 'We ring to ask where you want to go and what help you need at the door. Then you book each trip.',
      greeter: 'Val',
      howToRefer: 'A navigator or a mental health team sends a referral. We ring to agree the first trip.',
      contact: { name: 'Val Prior', phone: '01632 960104' },
      cost: { pence: 250, note: 'Each way within the city. The driver can give you a receipt.' },
      languages: ['en'],
      access: ['transport_help', 'home_visits', 'step_free'],
      interests: ['shopping', 'seeing friends', 'days out'],
      checkedDaysAgo: 8,
    },
    ['transport'],
    [['Volunteer drivers', 30, 'From your own door']],
  ),
  advice(
    {
      slug: 'carers-support',
      provider: 'carers-support',
      name: 'Carers support',
      summary:
        'For anyone who looks after a friend or relative. You get someone to talk to, ' +
        'help with forms and a break now and then.',
      firstVisit:
        'Lucia asks about your week, not only about the person you care for. You can talk by phone if you cannot get out.',
      greeter: 'Lucia',
      howToRefer: 'A navigator or a mental health team sends a referral. Say when the person can talk in private.',
      contact: { name: 'Lucia Ferraro', phone: '01632 960105' },
      cost: { pence: 0 },
      languages: ['en', 'pt'],
      access: ['carers_welcome', 'home_visits'],
      interests: ['talking', 'a break', 'crafts'],
      checkedDaysAgo: 31,
    },
    ['carer_support'],
    [['Carers’ adviser', 24, 'Carers centre, or by phone']],
  ),
  advice(
    {
      slug: 'housing-advice',
      provider: 'housing-advice',
      name: 'Housing advice',
      summary:
        'Help when you may lose your home, when it is damp or unsafe, or when you have nowhere to live. ' +
        'We write letters and come with you to meetings.',
      firstVisit: 'Bring any letters, even unopened ones. Denise reads them with you and says what happens next.',
      greeter: 'Denise',
      howToRefer: 'A navigator or a mental health team sends a referral. Say if there is a date for leaving the home.',
      contact: { name: 'Denise Achebe', phone: '01632 960106' },
      cost: { pence: 0 },
      languages: ['en', 'pl', 'ro'],
      access: [],
      interests: [],
      checkedDaysAgo: 128,
    },
    ['housing'],
    [['Housing adviser', 16, 'Advice centre, city centre']],
  ),
  advice(
    {
      slug: 'debt-and-benefits-advice',
      provider: 'money-advice',
      name: 'Debt and benefits advice',
      summary:
        'Free help with debts, bills and benefits. We check that you get all the money you should, ' +
        'and we talk to those you owe.',
      firstVisit:
        'You go through what comes in and what goes out. Nobody tells you off. Bring papers if you have them.',
      greeter: 'Harriet',
      howToRefer: 'A navigator or a mental health team sends a referral. Say if bailiffs have written or called.',
      contact: { name: 'Harriet Lowe', phone: '01632 960107' },
      cost: { pence: 0 },
      languages: ['en', 'pl', 'ro', 'pt'],
      access: ['home_visits'],
      interests: [],
      checkedDaysAgo: 19,
    },
    ['money_debt', 'benefits'],
    [
      ['Debt adviser', 18, 'Advice centre, city centre'],
      ['Benefits adviser', 18, 'Library, Shirley'],
    ],
  ),
]
