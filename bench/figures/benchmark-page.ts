/** The parts of the page that a run rewrites. */
export const pageSections = ['machine', 'p1', 'p2', 'p3', 'p7', 'paper', 'scans', 'shifts', 'p4', 'p4long'] as const
export type PageSection = (typeof pageSections)[number]

const beginOf = (section: PageSection): string => `<!-- bench:${section} -->`
const endOf = (section: PageSection): string => `<!-- /bench:${section} -->`

/** The page with one section's text put between its markers. Throws where the markers are missing: a bug of the page. */
export function withSection(page: string, section: PageSection, text: string): string {
  const begin = page.indexOf(beginOf(section))
  const end = page.indexOf(endOf(section))
  if (begin < 0 || end < begin) throw new Error(`the page has no place for ${section}`)
  return `${page.slice(0, begin + beginOf(section).length)}\n\n${text.trim()}\n\n${page.slice(end)}`
}
