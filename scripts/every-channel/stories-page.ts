/** The parts of `docs/channel-stories.md` that a program writes. */
export type StoriesSection = 'till' | 'command-line-and-counter'

/** The page with one part's text put between its markers. Throws where the markers are missing: a bug of the page. */
export function withStories(page: string, section: StoriesSection, text: string): string {
  const [beginMark, endMark] = [`<!-- stories:${section} -->`, `<!-- /stories:${section} -->`]
  const begin = page.indexOf(beginMark)
  const end = page.indexOf(endMark)
  if (begin < 0 || end < begin) throw new Error(`the page has no place for ${section}`)
  return `${page.slice(0, begin + beginMark.length)}\n\n${text.trim()}\n\n${page.slice(end)}`
}
