import type { NeedCode } from '../../domain/needs.ts'
import { needs, route } from '../rules.ts'
import type { DemoProject } from '../shape.ts'

const BY_NAVIGATORS = route('Navigators and mental health teams can refer', [
  'navigation_service',
  'mental_health_team',
])

/** One adviser's caseload: who may come is decided by what they need. */
function advice(
  about: Pick<DemoProject, 'slug' | 'provider' | 'name' | 'summary' | 'firstVisit'>,
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
    },
    ['money_debt', 'benefits'],
    [
      ['Debt adviser', 18, 'Advice centre, city centre'],
      ['Benefits adviser', 18, 'Library, Shirley'],
    ],
  ),
]
