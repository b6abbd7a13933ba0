import { isDeepStrictEqual } from 'node:util'

/** The columns in which a row differs from what the journal makes; a column `state` is compared as JSON. */
export function differingColumns(row: object, whole: object): readonly string[] {
  return Object.entries(whole).flatMap(([name, expected]) => {
    const found: unknown = Object.entries(row).find(([key]) => key === name)?.[1]
    const isSame = Object.is(found, expected) || (name === 'state' && sameJson(String(found), String(expected)))
    return isSame ? [] : [name]
  })
}

/** Whether two JSON texts say the same; the order of members does not count. */
function sameJson(left: string, right: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(left), JSON.parse(right))
  } catch {
    return false
  }
}
