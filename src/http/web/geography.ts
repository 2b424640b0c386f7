import { readGeography } from '../../actions/geography/read-geography.ts'
import { londonDay } from '../../domain/day.ts'
import { ATTRIBUTION, type GeographyKind } from '../../domain/geography.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation } from './addresses.ts'
import { baseOf, show } from './layout.ts'

const KINDS: Record<GeographyKind, { title: string; without: string; option: string }> = {
  postcodes: {
    title: 'Postcodes',
    without: 'Until then, where somebody lives is judged by the first half of the postcode, and shown as approximate.',
    option: '--nspl',
  },
  deprivation: {
    title: 'Deprivation',
    without: 'Until then, nothing says how deprived a neighbourhood is.',
    option: '--imd',
  },
  wards: {
    title: 'Wards',
    without: 'Until then, only the wards of Southampton have names.',
    option: '--wards',
  },
  practices: {
    title: 'GP practices',
    without: 'Until then, a practice stands by its code alone.',
    option: '--practices',
  },
}

export function register(app: App): void {
  app.get('/o/:organisation/geography', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const parts = (await readGeography(request.context, actor)).map(({ kind, loaded }) => ({
      ...KINDS[kind],
      loaded: loaded && {
        edition: loaded.edition,
        on: londonDay(loaded.importedAt),
        rows: loaded.rowsKept.toLocaleString('en-GB'),
        file: loaded.file,
        digest: loaded.digest,
      },
    }))
    const model = { parts, attribution: ATTRIBUTION }
    return show(request, reply, 'geography', { title: 'Geography', part: `${baseOf(actor)}/geography` }, model)
  })
}
