import type { Plot } from './shape.ts'
import { assigned, attended, booked, contacted, planned, sent } from './stages.ts'

/** Referrals that have come to an end, each ending that there is. */
export const CLOSED_PLOTS: Plot[] = [
  {
    name: 'completed',
    weight: 4,
    receivedAgo: [70],
    async *tell(tale) {
      yield* attended(tale, tale.random.between(2, 9))
      yield tale.after(0, 1)
      await tale.finish('completed', 'Came, took part, and means to go on.')
      yield tale.after(1, 2)
      await tale.close({
        outcome: 'completed',
        summary: 'Found a group, goes there regularly and feels better for it.',
      })
    },
  },
  {
    name: 'completed by a conversation alone',
    weight: 2,
    receivedAgo: [12],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.after(1, 3)
      await tale.close({
        outcome: 'completed',
        summary: 'Told about the open groups nearby and went to one with a neighbour. Needs nothing more from us.',
      })
    },
  },
  {
    name: 'left early, closed early',
    weight: 1,
    receivedAgo: [36],
    async *tell(tale) {
      yield* attended(tale, 2)
      yield tale.after(0, 1)
      await tale.finish('left_early', 'New shifts at work clash with the sessions.')
      yield tale.after(1, 2)
      await tale.close({
        outcome: 'closed_early',
        reason: 'New job, no time at present',
        summary: 'Came twice and liked it, then found work. May ask again.',
      })
    },
  },
  {
    name: 'disengaged',
    weight: 1,
    receivedAgo: [24],
    async *tell(tale) {
      yield* planned(tale)
      for (let tries = 0; tries < 3; tries++) {
        yield tale.after(2, 3)
        await tale.tryToReach()
      }
      yield tale.after(2)
      await tale.close({
        outcome: 'disengaged',
        reason: 'No answer since the plan was made',
        summary: 'A plan was agreed, but we could not reach the person again. They may come back at any time.',
      })
    },
  },
  {
    name: 'unreachable',
    weight: 1,
    receivedAgo: [20],
    async *tell(tale) {
      yield* assigned(tale)
      for (let tries = 0; tries < 4; tries++) {
        yield tale.after(2)
        await tale.tryToReach()
      }
      yield tale.after(2)
      await tale.close({
        outcome: 'unreachable',
        summary: 'We tried four times over two weeks, in every way that was safe, without an answer.',
      })
    },
  },
  {
    name: 'not suitable',
    weight: 1,
    receivedAgo: [10],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.after(1, 2)
      await tale.close({
        outcome: 'not_suitable',
        reason: 'Needs a clinical assessment first',
        summary:
          'This needs the Enhanced Primary Care Mental Health team. Please refer there; we will gladly help later.',
      })
    },
  },
  {
    name: 'referred twice',
    weight: 1,
    receivedAgo: [15],
    async *tell(tale) {
      yield* contacted(tale)
      const original = tale.referralId
      yield tale.after(1)
      await tale.refer(tale.secondReferrer)
      yield tale.after(1)
      await tale.assign()
      yield tale.after(0, 1)
      await tale.close({
        outcome: 'duplicate',
        duplicateOf: original,
        summary: 'We are already in touch with this person through another referral.',
      })
      tale.referralId = original
      yield tale.after(1)
      await tale.agreePlan()
      yield tale.after(3, 8)
      await tale.close({
        outcome: 'completed',
        summary: 'Both of us rang, which they liked. Goes to the open house on Thursdays now.',
      })
    },
  },
  {
    name: 'taken back by the referrer',
    weight: 1,
    receivedAgo: [8],
    async *tell(tale) {
      await tale.refer()
      yield tale.after(1)
      await tale.withdraw('sent_in_error', tale.referrer)
    },
  },
  {
    name: 'withdrawn, with a place',
    weight: 1,
    receivedAgo: [24],
    async *tell(tale) {
      yield* booked(tale)
      yield tale.after(1)
      await tale.withdraw('moved_away')
    },
  },
  {
    name: 'changed their mind about the project',
    weight: 1,
    receivedAgo: [18],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.after(1, 2)
      await tale.takeBack('changed_mind')
      yield tale.after(1, 2)
      await tale.close({
        outcome: 'closed_early',
        reason: 'Wants to wait until the spring',
        summary: 'Would rather wait until the spring. We have told them how to come back.',
      })
    },
  },
]
