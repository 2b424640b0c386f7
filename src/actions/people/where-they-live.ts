import { quintileOf } from '../../domain/geography.ts'
import { areaShown, postcodeDistrict, wardShown } from '../../domain/place.ts'
import type { Db } from '../../store/database.ts'
import { findNeighbourhood, findPractice, getWards } from '../../store/geography.ts'
import type { PersonRow } from '../../store/people.ts'

type Living = Pick<PersonRow, 'postcode' | 'wardCode' | 'lsoaCode' | 'practiceOdsCode'>

/** Where somebody lives and which practice has them, for those who work with them: as much as the official lists tell. */
export async function whereTheyLive(db: Db, person: Living) {
  const { postcode, wardCode, lsoaCode, practiceOdsCode } = person
  const wards = await getWards(db, [wardCode])
  const neighbourhood = await findNeighbourhood(db, lsoaCode)
  return {
    area: areaShown(person, wards),
    /** By the district alone: no list has the postcode, or none is loaded. */
    isApproximate: wardCode === null && postcode !== null,
    district: postcode ? postcodeDistrict(postcode) : null,
    ward: wardCode ? { code: wardCode, name: wardShown(wardCode, wards) ?? null } : null,
    locality: (wardCode && wards.get(wardCode)?.locality) || null,
    neighbourhood: neighbourhood
      ? {
          code: neighbourhood.code,
          name: neighbourhood.name,
          imdDecile: neighbourhood.imdDecile,
          imdQuintile: neighbourhood.imdDecile === null ? null : quintileOf(neighbourhood.imdDecile),
          imdYear: neighbourhood.imdYear,
        }
      : null,
    practice: await practiceOf(db, practiceOdsCode),
  }
}
export type WhereTheyLive = Awaited<ReturnType<typeof whereTheyLive>>

const NOT_A_CODE = 'not registered'

/** A code that is not on the list is said to be so, and kept: the list may be the older one. */
async function practiceOf(db: Db, code: string | null) {
  if (!code || code === NOT_A_CODE) return null
  const { isLoaded, practice } = await findPractice(db, code)
  return {
    odsCode: code,
    name: practice?.name ?? null,
    closedOn: practice?.closedOn ?? null,
    isUnknown: isLoaded && practice === undefined,
  }
}
