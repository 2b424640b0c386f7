import { FALL } from '../situations/older.ts'
import type { Plot } from './shape.ts'
import { accepted, assigned, attended, booked, contacted, decided, planned, received, sent, started } from './stages.ts'

/** Somebody a few years too young for the classes, whom a navigator sends all the same. */
const TOO_YOUNG = { ...FALL, wanted: { ...FALL.wanted, ages: [61, 63] as [number, number] } }

/** Referrals that somebody still has to do something about, in every state there is, in time and late. */
export const OPEN_PLOTS: Plot[] = [
  {
    name: 'new',
    weight: 4,
    receivedAgo: [1, 1],
    tell: received,
  },
  {
    name: 'new, waiting too long',
    weight: 1,
    receivedAgo: [5, 6],
    tell: received,
  },
  { name: 'assigned', weight: 2, receivedAgo: [3, 5], tell: assigned },
  {
    name: 'assigned, not reached yet',
    weight: 2,
    receivedAgo: [6, 8],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.ago(4)
      await tale.tryToReach()
      yield tale.ago(2)
      await tale.tryToReach()
    },
  },
  {
    name: 'assigned, first contact overdue',
    weight: 1,
    receivedAgo: [14, 16],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.ago(9)
      await tale.tryToReach()
    },
  },
  {
    name: 'contacted',
    weight: 3,
    receivedAgo: [6, 9],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.ago(tale.random.between(1, 4))
      await tale.speak()
    },
  },
  {
    name: 'contacted, plan overdue',
    weight: 1,
    receivedAgo: [15, 17],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.ago(9)
      await tale.speak()
    },
  },
  {
    name: 'active, nothing found yet',
    weight: 2,
    receivedAgo: [9, 13],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.ago(tale.random.between(1, 3))
      await tale.agreePlan()
    },
  },
  {
    name: 'active, place overdue',
    weight: 1,
    receivedAgo: [16, 18],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.ago(8)
      await tale.agreePlan()
    },
  },
  {
    name: 'sent',
    weight: 6,
    featuredFrom: 0,
    receivedAgo: [10, 13],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(tale.random.between(1, 3))
      await tale.send({ later: true })
    },
  },
  {
    name: 'sent, no answer from the project',
    weight: 1,
    featuredFrom: 2,
    receivedAgo: [16, 19],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(8)
      await tale.send()
    },
  },
  {
    name: 'seen',
    weight: 2,
    featuredFrom: 1,
    receivedAgo: [11, 14],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(3)
      await tale.send()
      yield tale.ago(2)
      await tale.see()
    },
  },
  {
    name: 'accepted',
    weight: 3,
    featuredFrom: 3,
    receivedAgo: [13, 16],
    async *tell(tale) {
      yield* accepted(tale, { later: true })
    },
  },
  {
    name: 'booked',
    weight: 3,
    featuredFrom: 0,
    receivedAgo: [12, 15],
    async *tell(tale) {
      yield* accepted(tale)
      yield tale.ago(1)
      await tale.book()
    },
  },
  { name: 'booked, register not kept', weight: 1, featuredFrom: 4, receivedAgo: [20, 23], tell: booked },
  {
    name: 'booked, first session missed',
    weight: 1,
    featuredFrom: 5,
    receivedAgo: [20, 23],
    async *tell(tale) {
      yield* booked(tale)
      yield tale.afterSession()
      await tale.register(false)
    },
  },
  {
    name: 'coming',
    weight: 6,
    featuredFrom: 0,
    receivedAgo: [23, 75],
    tell: (tale) => attended(tale, 30),
  },
  {
    name: 'declined, agree what next',
    weight: 1,
    receivedAgo: [13, 15],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(2)
      await tale.see()
      yield tale.ago(1)
      await tale.decline(tale.random.pick(['no_contact', 'not_our_work', 'unsafe']))
    },
  },
  {
    name: 'sent although too young, and declined for it',
    weight: 1,
    receivedAgo: [12, 16],
    situation: TOO_YOUNG,
    async *tell(tale) {
      yield* planned(tale)
      yield tale.after(1)
      const [group] = [...tale.stage.directory.groups.values()].filter(({ project }) => project === 'falls-prevention')
      if (group) await tale.sendTo(group.id, 'Two falls, and fitter people of 65 are in the class.')
      yield tale.ago(3)
      await tale.see()
      yield tale.ago(2)
      await tale.decline('not_eligible', 'age')
    },
  },
  {
    name: 'ended, agree what next',
    weight: 1,
    receivedAgo: [38, 40],
    async *tell(tale) {
      yield* attended(tale, 3)
      yield tale.ago(2)
      await tale.finish('moved_on', 'Goes to the club at the church hall now, which is nearer.')
    },
  },
  {
    name: 'declined, then taken elsewhere',
    weight: 2,
    receivedAgo: [26, 32],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.after(1, 2)
      await tale.see()
      yield tale.after(0, 1)
      await tale.decline('no_capacity')
      yield tale.after(1)
      await tale.send()
      yield* decided(tale)
      yield tale.after(0, 1)
      await tale.book()
      yield tale.afterSession()
      await tale.register(true)
    },
  },
  { name: 'started just now', weight: 1, receivedAgo: [18, 22], tell: started },
]
