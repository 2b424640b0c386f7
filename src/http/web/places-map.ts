import { type FreePlaces, mapFreePlaces } from '../../actions/directory/map-free-places.ts'
import { listWardChoices, type WardChoice } from '../../actions/geography/list-ward-choices.ts'
import { NEED_CODES, needLabel } from '../../domain/needs.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation } from './addresses.ts'
import { baseOf, show } from './layout.ts'

const GRID = { left: 300, top: 150, cell: 40 }
const NO_WARD = 'No fixed place'

/** How dark a square is: none, a few, some, many. Each also bears its number. */
function shadeOf(free: number): number {
  if (free === 0) return 0
  return free <= 5 ? 1 : free <= 20 ? 2 : 3
}

/** Needs down, wards across, each square shaded by how many places are free; the same as the rows of a table. */
export function gridPicture(places: FreePlaces[], wards: Pick<WardChoice, 'code' | 'name'>[]) {
  const names = new Map(wards.map(({ code, name }) => [code, name]))
  const present = new Set(places.map(({ wardCode }) => wardCode))
  // Wards of the city with nothing are what the picture is for; another city's are shown where something is.
  const columns = [
    ...wards.map(({ code, name }) => ({ code: code as string | null, name })),
    ...[...present].filter((code) => code !== null && !names.has(code)).map((code) => ({ code, name: code ?? '' })),
    ...(present.has(null) ? [{ code: null, name: NO_WARD }] : []),
  ]
  const freeIn = new Map(places.map(({ need, wardCode, free }) => [`${need} ${wardCode}`, free]))
  const rows = NEED_CODES.map((need, row) => {
    const cells = columns.map(({ code, name }, column) => {
      const free = freeIn.get(`${need} ${code}`) ?? 0
      const [x, y] = [GRID.left + column * GRID.cell, GRID.top + row * GRID.cell]
      return { ward: name, free, shade: shadeOf(free), x, y }
    })
    const total = cells.reduce((sum, { free }) => sum + free, 0)
    const where = cells.flatMap(({ ward, free }) => (free > 0 ? [`${ward} ${free}`] : [])).join(', ')
    return { need: needLabel(need), cells, total, where, y: GRID.top + row * GRID.cell + 25 }
  })
  const without = rows.filter(({ total }) => total === 0).map(({ need }) => need)
  return {
    title: findingOf(places.length, without.length),
    isEmpty: places.length === 0,
    columns: columns.map(({ name }, column) => ({ name, x: GRID.left + column * GRID.cell + 25 })),
    rows,
    nowhere: without.join(', '),
    top: GRID.top,
    left: GRID.left,
    width: GRID.left + columns.length * GRID.cell + 60,
    height: GRID.top + rows.length * GRID.cell + 4,
  }
}

function findingOf(squares: number, without: number): string {
  if (squares === 0) return 'No place is known to be free'
  if (without === 0) return 'For every need a place is free somewhere'
  return `For ${without} ${without === 1 ? 'need' : 'needs'} no place is known to be free anywhere`
}

export function register(app: App): void {
  app.get('/o/:organisation/places-map', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const base = baseOf(actor)
    const places = await mapFreePlaces(request.context, actor)
    const picture = gridPicture(places, await listWardChoices(request.context))
    const back = { href: `${base}/directory`, text: 'Directory' }
    const frame = { title: 'Where places are free', part: `${base}/directory`, back, isWide: true }
    return show(request, reply, 'places-map', frame, { picture })
  })
}
