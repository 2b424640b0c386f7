import { addDays } from '../../domain/day.ts'
import * as step from '../detours.ts'
import type { Plot } from './shape.ts'
import { accepted, assigned, contacted, planned, sent, started } from './stages.ts'

/** Referrals that do not go straight: somebody is asked, life comes between, a place is waited for. */
export const DETOUR_PLOTS: Plot[] = [
  {
    name: 'a question to the referrer',
    weight: 1,
    receivedAgo: [4, 6],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.ago(1)
      await step.ask(tale, 'The number we have does not ring. Is there another way to reach them?')
    },
  },
  {
    name: 'a question that was answered',
    weight: 1,
    receivedAgo: [7, 9],
    async *tell(tale) {
      yield* assigned(tale)
      yield tale.after(1)
      await step.ask(tale, 'Which days suit them for a call?')
      yield tale.after(1)
      await step.answer(tale, 'Tuesdays and Thursdays, after ten.')
    },
  },
  {
    name: 'on hold',
    weight: 1,
    receivedAgo: [14, 18],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(3)
      await step.hold(tale, 'A hip operation, and some weeks at a daughter’s.', addDays(tale.stage.asOf, 31))
    },
  },
  {
    name: 'stepped up to a clinical team',
    weight: 1,
    receivedAgo: [8, 10],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.ago(2)
      await step.stepUp(tale, 'Low mood has become worse, sleeps badly, asks for talking treatment.')
    },
  },
  {
    name: 'stepped up, and turned back',
    weight: 1,
    receivedAgo: [12, 14],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.after(1)
      await step.stepUp(tale, 'May need more than a group can give.')
      yield tale.after(1)
      await step.teamTurnsBack(tale, 'Already seen by another service. Social support is what they want now.')
    },
  },
  {
    name: 'taken on by a clinical team',
    weight: 1,
    receivedAgo: [16],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.after(1)
      await step.stepUp(tale, 'Panic attacks most days.')
      yield tale.after(1)
      await step.teamTakesOn(tale, 'We have arranged a first appointment.')
    },
  },
  {
    name: 'opened again',
    weight: 1,
    receivedAgo: [30, 50],
    async *tell(tale) {
      yield* contacted(tale)
      yield tale.after(2)
      await tale.close({
        outcome: 'closed_early',
        reason: 'Wanted to wait',
        summary: 'Will ring us when the time is right.',
      })
      yield tale.ago(2)
      await step.openAgain(tale, 'Rang: would like to start now.')
    },
  },
  {
    name: 'pointed to something open',
    weight: 1,
    receivedAgo: [9, 11],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(1)
      await step.pointTo(tale, 'Coffee morning at the library, Wednesdays at ten')
    },
  },
  {
    name: 'the project has a question',
    weight: 1,
    featuredFrom: 1,
    receivedAgo: [11, 13],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(2)
      await tale.see()
      yield tale.ago(1)
      await step.projectAsks(tale, 'Are steps a problem? Our side door is level.')
    },
  },
  {
    name: 'the project’s question was answered',
    weight: 1,
    featuredFrom: 2,
    receivedAgo: [11, 13],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.after(1)
      await step.projectAsks(tale, 'Would mornings be possible?')
      yield tale.ago(1)
      await step.navigatorAnswers(tale, 'Yes, from ten.')
    },
  },
  {
    name: 'on a waiting list',
    weight: 2,
    featuredFrom: 3,
    receivedAgo: [14, 17],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(2)
      await tale.see()
      yield tale.ago(1)
      await step.waitlist(tale)
    },
  },
  {
    name: 'waiting, and paused',
    weight: 1,
    featuredFrom: 0,
    receivedAgo: [14, 17],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(3)
      await step.waitlist(tale)
      yield tale.ago(1)
      await step.pause(tale, 24)
    },
  },
  {
    name: 'a place was offered',
    weight: 1,
    featuredFrom: 2,
    receivedAgo: [14, 17],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(4)
      await step.waitlist(tale)
      yield tale.ago(1)
      await step.addPlace(tale)
    },
  },
  {
    name: 'came back without an answer',
    weight: 1,
    receivedAgo: [22, 25],
    async *tell(tale) {
      yield* planned(tale)
      yield tale.ago(14)
      await tale.send()
      // Reminded, told on, and turned back: the three mornings on which the service looks.
      for (const ago of [10, 7, 2]) {
        yield tale.ago(ago)
        await step.chase(tale)
      }
    },
  },
  {
    name: 'their group ended',
    weight: 1,
    featuredFrom: 2,
    receivedAgo: [24, 28],
    async *tell(tale) {
      yield* started(tale)
      yield tale.after(1)
      await step.endGroup(tale, 'The room is sold, and we found no other.')
    },
  },
  {
    name: 'recalled',
    weight: 1,
    receivedAgo: [12, 15],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(1)
      await step.recall(tale)
    },
  },
  {
    name: 'a better project named',
    weight: 1,
    receivedAgo: [12, 15],
    async *tell(tale) {
      yield* sent(tale)
      yield tale.ago(2)
      await tale.see()
      const better = tale.group.project === 'communicare-befriending' ? 'shirley-mens-shed' : 'communicare-befriending'
      yield tale.ago(1)
      await step.nameBetter(tale, better, 'They would rather see one person at home first.')
    },
  },
  {
    name: 'did not start',
    weight: 1,
    featuredFrom: 4,
    receivedAgo: [18, 22],
    async *tell(tale) {
      yield* accepted(tale)
      yield tale.after(1)
      await tale.book()
      yield tale.afterSession()
      await tale.register(false)
      yield tale.ago(1)
      await step.noStart(tale, 'Rang twice and wrote. No answer yet.')
    },
  },
]
