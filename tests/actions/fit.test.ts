import { describe, expect, it } from 'vitest'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { sayFit } from '../../src/actions/placements/say-fit.ts'
import { countReferralFits } from '../../src/actions/referrals/count-fits.ts'
import type { Fit } from '../../src/domain/placement-reasons.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

async function toldOf(fits: Fit[]) {
  const city = await smallCity({ places: 20 })
  for (const fit of fits) {
    const { id } = await stages(city).accepted()
    await sayFit(city.context, city.worker, id, { fit })
  }
  return city
}

describe('what a project says of the referral it was sent', () => {
  it('is one tap, which may be changed, and moves nothing', async () => {
    const city = await smallCity()
    const accepted = await stages(city).accepted()
    const said = await sayFit(city.context, city.worker, accepted.id, { fit: 'not_enough_information' })
    expect([said.status, said.nextAction]).toEqual([accepted.status, accepted.nextAction])
    const again = await sayFit(city.context, city.worker, accepted.id, { fit: 'right_person' })
    const same = await sayFit(city.context, city.worker, accepted.id, { fit: 'right_person' })
    expect(same.version).toBe(again.version)
  })

  it('waits for a decision, and is for the project alone to say', async () => {
    const city = await smallCity()
    const sent = await stages(city).sent()
    await expectRefusal(city.db, 'wrong-status', () =>
      sayFit(city.context, city.worker, sent.id, { fit: 'right_person' }),
    )
    const accepted = await stages(city).accepted()
    for (const actor of [city.navigator, city.otherWorker])
      await expect(sayFit(city.context, actor, accepted.id, { fit: 'right_person' })).rejects.toThrow()
  })

  it('is figures for whoever referred: with how many were asked, and nothing under five', async () => {
    const few = await toldOf(['right_person', 'right_person', 'wrong_project', 'right_person'])
    expect(await countReferralFits(few.context, few.practice)).toMatchObject({ said: 4, fits: null })
    const city = await toldOf(['right_person', 'right_person', 'wrong_project', 'right_person', 'right_person'])
    const { said, fits } = await countReferralFits(city.context, city.practice)
    expect([said, fits?.map(({ fit, count }) => [fit, count])]).toEqual([
      5,
      [
        ['right_person', 4],
        ['not_enough_information', 0],
        ['wrong_project', 1],
      ],
    ])
    expect((await countReferralFits(city.context, city.navigator)).said).toBe(5)
    expect((await countReferralFits(city.context, city.otherPractice)).said).toBe(0)
  })

  it('names the rule that most often causes declines: to navigators with the project, to a practice without', async () => {
    const city = await smallCity()
    for (let times = 0; times < 5; times++) {
      const { id } = await stages(city).sent()
      await declinePlacement(city.context, city.worker, id, { reason: 'not_eligible', rule: 'age' })
    }
    const [forPractice] = (await countReferralFits(city.context, city.practice)).declinedRules
    const [forNavigator] = (await countReferralFits(city.context, city.navigator)).declinedRules
    expect(forPractice).toMatchObject({ rule: 'age', project: null, count: 5 })
    expect(forNavigator).toMatchObject({ rule: 'age', project: 'Community Roots', count: 5 })
  })
})
