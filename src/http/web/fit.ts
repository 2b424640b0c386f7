import { sayFit } from '../../actions/placements/say-fit.ts'
import { FitBody } from '../api/shapes/placements.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { parse, text, valuesOf } from './forms.ts'
import { baseOf } from './layout.ts'
import { placementPage, placementRefused } from './placement.ts'

export function register(app: App): void {
  app.post('/o/:organisation/placements/:id/fit', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parse(FitBody, { fit: text(values, 'fit') })
    if (!data) return placementPage(request, reply, id, {}, faults, 400)
    return carryOut(request, reply, {
      act: (context) => sayFit(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=fit`,
      again: (faults, status) => placementRefused(request, reply, id, 'fit', { values: {}, faults, status }),
    })
  })
}
