import type { AccessCode, LocationKind } from '../domain/directory.ts'
import { WARDS } from '../domain/place.ts'

/** A place of the demonstration by the names that groups call it. Where it lies on a map is for the geography to find. */
export interface DemoPlace {
  venues: [string, ...string[]]
  kind: LocationKind
  name: string
  addressLines: string[]
  postcode?: string
  wardCode?: string
  access: AccessCode[]
  accessNote?: string
}

type Where = [lines: string[], postcode: string, ward: string]

function place(
  venues: [string, ...string[]],
  name: string,
  [addressLines, postcode, ward]: Where,
  access: AccessCode[],
  accessNote?: string,
): DemoPlace {
  const wardCode = WARDS.find((known) => known.name === ward)?.code
  if (!wardCode) throw new Error(`There is no ward ${ward}.`)
  return { venues, kind: 'physical', name, addressLines, postcode, wardCode, access, ...(accessNote && { accessNote }) }
}

const EASY: AccessCode[] = ['step_free', 'accessible_toilet', 'by_bus']
const LIBRARY: AccessCode[] = [...EASY, 'hearing_loop', 'blue_badge_parking']
const PARK: AccessCode[] = ['step_free', 'by_bus', 'children_welcome']

const CITY_CENTRE = [
  place(
    ['Central Library', 'Central Library, meeting room'],
    'Central Library',
    [['Civic Centre'], 'SO14 7LW', 'Bargate'],
    [...LIBRARY, 'quiet_space'],
    'The lift is beside the front desk.',
  ),
  place(
    ['Wellbeing centre', 'Wellbeing centre, city centre', 'Wellbeing centre, quiet room'],
    'Wellbeing centre',
    [['High Street'], 'SO14 2AS', 'Bargate'],
    [...EASY, 'hearing_loop', 'quiet_space'],
  ),
  place(
    ['Advice centre, city centre'],
    'Advice centre',
    [['High Street'], 'SO14 2AD', 'Bargate'],
    EASY,
    'Ring the bell at the side for the ramp.',
  ),
  place(['Job club, city centre'], 'Job club', [['Portland Terrace'], 'SO14 7FP', 'Bargate'], EASY),
  place(
    ['Carers centre, or by phone'],
    'Carers centre',
    [['Brunswick Place'], 'SO15 2EJ', 'Banister & Polygon'],
    [...EASY, 'quiet_space', 'blue_badge_parking'],
  ),
  place(['Hoglands Park'], 'Hoglands Park', [['By the cricket pavilion'], 'SO14 1NF', 'Bargate'], PARK),
  place(['Houndwell Park'], 'Houndwell Park', [['By the playground'], 'SO14 1JA', 'Bargate'], PARK),
  place(['Palmerston Park'], 'Palmerston Park', [['By the bandstand'], 'SO14 1NZ', 'Bargate'], PARK),
  place(
    ['Leisure centre, St Mary’s'],
    'St Mary’s leisure centre',
    [['St Mary’s Road'], 'SO14 0AY', 'Bargate'],
    [...EASY, 'blue_badge_parking'],
  ),
  place(
    ['Community sports hall, St Mary’s'],
    'Community sports hall',
    [['St Mary Street'], 'SO14 5GQ', 'Bargate'],
    EASY,
  ),
  place(
    ['GP surgery, Nichols Town'],
    'GP surgery, Nichols Town',
    [['Next to the baby clinic'], 'SO14 0YG', 'Bevois'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Clovelly Family Hub'],
    'Clovelly Family Hub',
    [['Clovelly Road'], 'SO14 0JJ', 'Bevois'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Southampton Common, by the main gate'],
    'Southampton Common',
    [['Main gate, The Avenue'], 'SO17 1RW', 'Portswood'],
    ['step_free', 'by_bus'],
    'The paths we take are level. There is a bench every five minutes.',
  ),
]

const WEST = [
  place(['Library, Shirley'], 'Shirley Library', [['Shirley Precinct'], 'SO15 5LL', 'Shirley'], LIBRARY),
  place(
    ['Church hall, Shirley'],
    'Church hall, Shirley',
    [['Church Street'], 'SO15 5LW', 'Shirley'],
    [...EASY, 'hearing_loop', 'carers_welcome'],
  ),
  place(
    ['Community centre, Shirley'],
    'Community centre, Shirley',
    [['Shirley Road'], 'SO15 5RU', 'Shirley'],
    [...EASY, 'quiet_space'],
  ),
  place(
    ['Shirley'],
    'The Lighthouse, Shirley',
    [['Shirley Road'], 'SO15 5JX', 'Shirley'],
    ['step_free', 'accessible_toilet', 'by_bus', 'quiet_space'],
  ),
  place(
    ['Behind the Methodist church, St James Road, Shirley'],
    'Men’s Shed workshop',
    [['Behind the Methodist church', 'St James Road'], 'SO15 5PH', 'Shirley'],
    ['step_free', 'by_bus'],
    'The workshop is on one level. The toilet has one step.',
  ),
  place(
    ['Shirley Family Hub'],
    'Shirley Family Hub',
    [['Howard’s Grove'], 'SO15 3FL', 'Freemantle'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Redbridge Family Hub'],
    'Redbridge Family Hub',
    [['Cuckmere Lane'], 'SO16 9HL', 'Redbridge'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Coxford Family Hub'],
    'Coxford Family Hub',
    [['Coxford Road'], 'SO16 5LJ', 'Coxford'],
    [...EASY, 'children_welcome'],
  ),
  place(['Library, Lordshill'], 'Lordshill Library', [['Lordshill District Centre'], 'SO16 8HY', 'Coxford'], LIBRARY),
  place(
    ['Community centre, Millbrook'],
    'Community centre, Millbrook',
    [['Windermere Avenue'], 'SO16 9QX', 'Millbrook'],
    EASY,
  ),
  place(['Community hall, Millbrook'], 'Community hall, Millbrook', [['Green Lane'], 'SO16 4QQ', 'Millbrook'], EASY),
  place(
    ['Community Roots allotment, gate on the south side', 'Community Roots allotment kitchen'],
    'Community Roots allotment',
    [['South gate', 'Studland Road'], 'SO16 4LY', 'Millbrook'],
    ['by_bus', 'quiet_space', 'accessible_toilet'],
    'The main path is firm and flat. Some raised beds can be reached from a chair.',
  ),
]

const EAST = [
  place(['Library, Bitterne'], 'Bitterne Library', [['Bitterne Road East'], 'SO18 5EG', 'Harefield'], LIBRARY),
  place(
    ['Community centre, Bitterne'],
    'Community centre, Bitterne',
    [['Bursledon Road'], 'SO18 5EF', 'Peartree'],
    [...EASY, 'hearing_loop'],
  ),
  place(
    ['Bitterne'],
    'The Lighthouse, Bitterne',
    [['West End Road'], 'SO18 5PD', 'Harefield'],
    ['step_free', 'accessible_toilet', 'by_bus', 'quiet_space'],
  ),
  place(
    ['Bitterne Park Family Hub'],
    'Bitterne Park Family Hub',
    [['Manor Farm Road'], 'SO18 4HY', 'Bitterne Park'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Community centre, Townhill Park'],
    'Community centre, Townhill Park',
    [['Meggeson Avenue'], 'SO18 2PA', 'Bitterne Park'],
    EASY,
  ),
  place(['Church hall, Thornhill'], 'Church hall, Thornhill', [['Hinkler Road'], 'SO19 6DH', 'Thornhill'], EASY),
  place(
    ['Thornhill Family Hub'],
    'Thornhill Family Hub',
    [['Thornhill Park Road'], 'SO19 6HS', 'Thornhill'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Library, Woolston'],
    'Woolston Library',
    [['Centenary Quay', 'Victoria Road'], 'SO19 9EF', 'Woolston'],
    [...LIBRARY],
  ),
  place(
    ['Community centre, Woolston'],
    'Community centre, Woolston',
    [['Portsmouth Road'], 'SO19 9GA', 'Woolston'],
    [...EASY, 'hearing_loop', 'carers_welcome'],
  ),
  place(
    ['Woolston Family Hub'],
    'Woolston Family Hub',
    [['Victoria Road'], 'SO19 9DZ', 'Woolston'],
    [...EASY, 'children_welcome'],
  ),
  place(
    ['Mayfield Nurseries, Weston'],
    'Mayfield Nurseries',
    [['Weston Lane'], 'SO19 9HL', 'Woolston'],
    ['step_free', 'accessible_toilet', 'by_bus', 'blue_badge_parking', 'quiet_space'],
  ),
]

const ONLINE: DemoPlace = {
  venues: ['Online', 'Online, by video'],
  kind: 'virtual',
  name: 'Online',
  addressLines: [],
  access: ['online'],
}

const PLACES = [...CITY_CENTRE, ...WEST, ...EAST, ONLINE]
const BY_VENUE = new Map(PLACES.flatMap((known) => known.venues.map((venue) => [venue, known])))

/** Undefined where there is no fixed place: at home, by phone, on the ward. */
export function placeCalled(venue: string): DemoPlace | undefined {
  return BY_VENUE.get(venue)
}
