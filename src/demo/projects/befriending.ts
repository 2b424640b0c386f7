import { anyone, livingIn, needs } from '../rules.ts'
import type { DemoGroup, DemoProject } from '../shape.ts'

function patch(district: string, name: string, volunteers: number, isUnconfirmed = false): DemoGroup {
  return {
    name: `${name} patch group`,
    schedule: 'A visit or a call each week, on a day that suits both',
    venue: 'At your home, by phone or on a walk nearby',
    rules: [livingIn(`${name} (${district})`, [district])],
    capacity: { kind: 'one_to_one', places: volunteers },
    hasVolunteers: true,
    isUnconfirmed,
  }
}

export const COMMUNICARE: DemoProject = {
  slug: 'communicare-befriending',
  provider: 'communicare',
  name: 'Communicare befriending',
  summary:
    'A volunteer who lives near you comes to see you, or rings you, every week. It is the same person each time. ' +
    'You can chat, play cards or go out for a short walk.',
  firstVisit: 'Joan visits you first to hear what you enjoy. Then she brings a volunteer to meet you. You both decide.',
  greeter: 'Joan',
  howToRefer: 'Anyone can ask, for themselves or for somebody else. Ring Joan, or send a referral.',
  contact: { name: 'Joan Applegate', phone: '01632 960111' },
  cost: { pence: 0 },
  languages: ['en', 'pl'],
  access: ['home_visits'],
  interests: ['talking', 'card games', 'walking'],
  checkedDaysAgo: 17,
  needs: ['loneliness', 'bereavement'],
  rules: [needs('loneliness'), anyone],
  groups: [
    patch('SO14', 'Bargate and St Mary’s', 8),
    patch('SO15', 'Shirley and Freemantle', 12),
    patch('SO16', 'Coxford, Redbridge and Bassett', 10),
    patch('SO17', 'Portswood and Highfield', 5, true),
    patch('SO18', 'Bitterne Park and Harefield', 9),
    patch('SO19', 'Sholing, Thornhill and Woolston', 11),
  ],
}
