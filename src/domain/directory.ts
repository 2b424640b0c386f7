import type { Day } from './day.ts'

/** Open Referral UK's words for whether a service runs. */
export const PROJECT_STATUSES = ['active', 'temporarily closed', 'inactive', 'defunct'] as const
export type ProjectStatus = (typeof PROJECT_STATUSES)[number]

/** Running now, or again later: what else there was stands in no directory, and nobody is pointed to it. */
export const RUNNING_STATUSES = ['active', 'temporarily closed'] as const satisfies ProjectStatus[]

/** Whether everybody may be shown it. The directory's own queries ask the same in SQL. */
export function isInDirectory({ isListed, status }: { isListed: boolean; status: ProjectStatus }): boolean {
  return isListed && RUNNING_STATUSES.some((running) => running === status)
}

export const LOCATION_KINDS = ['physical', 'postal', 'virtual'] as const
export type LocationKind = (typeof LOCATION_KINDS)[number]
export const LOCATION_KIND_WORDS: Record<LocationKind, string> = {
  physical: 'A place people come to',
  virtual: 'Online or by phone',
  postal: 'An address for letters',
}

/** What makes a place or a project possible to come to, in the words of its page. */
export const ACCESS = {
  step_free: 'Step-free entrance',
  accessible_toilet: 'Accessible toilet',
  hearing_loop: 'Hearing loop',
  sign_language: 'British Sign Language',
  blue_badge_parking: 'Blue Badge parking',
  quiet_space: 'Quiet space',
  by_bus: 'Near a bus stop',
  transport_help: 'Help with getting there',
  home_visits: 'Can come to you',
  online: 'Online',
  carers_welcome: 'Carers welcome',
  children_welcome: 'Children welcome',
} as const
export type AccessCode = keyof typeof ACCESS
export const ACCESS_CODES = Object.keys(ACCESS) as [AccessCode, ...AccessCode[]]

/** One regular time of a group, in the city's own time. Weekdays count from Monday, 1. */
export interface SessionTime {
  /** What placements call this session by, where places are counted for each. */
  id?: string | undefined
  /** Places in this session, on top of the group's own limit. */
  places?: number | undefined
  every: 'week' | 'month'
  /** 2 is every second week or month. */
  interval?: number | undefined
  weekday: number
  /** Of a month: the first to fourth such weekday, or -1, the last. */
  nth?: number | undefined
  /** HH:MM */
  opensAt: string
  closesAt?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
}

export const IMPORT_STATUSES = ['running', 'done', 'failed'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** What an import did with an entry. */
export const IMPORT_DEEDS = ['created', 'updated', 'left_out', 'noted'] as const
export type ImportDeed = (typeof IMPORT_DEEDS)[number]
