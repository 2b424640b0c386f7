import type { Look } from './looks.ts'

const O = '/o/:organisation'
const BEFRIENDING = '/o/communicare/places'
const volunteers = 'main a[href$="/volunteers"]'
const send = 'main form button'

/** Whose places a one-to-one group has, and where places are free. */
export const LOOKS_AT_PLACES: Look[] = [
  {
    name: 'places',
    who: 'project',
    at: '/o/solent-mind/places',
    steps: [{ click: 'summary >> nth=0' }],
    page: `${O}/places`,
  },
  { name: 'volunteers', who: 'befriending', at: BEFRIENDING, steps: [volunteers], page: `${O}/groups/:id/volunteers` },
  {
    name: 'volunteers-faults',
    who: 'befriending',
    at: BEFRIENDING,
    steps: [volunteers, send],
    page: `${O}/groups/:id/volunteers`,
  },
  {
    name: 'volunteer',
    who: 'befriending',
    at: BEFRIENDING,
    steps: [volunteers, 'main li h2 a'],
    page: `${O}/volunteers/:id`,
  },
  { name: 'places-map', who: 'lead', at: '/o/so-linked/places-map', page: `${O}/places-map` },
]
