import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = dirname(import.meta.dirname)
const pages = globSync('{README*.md,docs/**/*.md}', { cwd: root }).map((path) => path.replaceAll('\\', '/'))

/** A page without its code, in which brackets are no links. */
const proseOf = (path: string): string =>
  readFileSync(join(root, path), 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '')

/** The names by which GitHub reaches a page's headings: lower case, blanks as hyphens, punctuation left out. */
const anchorsOf = (path: string): ReadonlySet<string> => {
  const headings = readFileSync(join(root, path), 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number}\p{Mark} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

type Link = { readonly page: string; readonly target: string; readonly anchor: string }

const links: readonly Link[] = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^()\s#]*)(?:#([^()\s]*))?\)/g)]
    .map(([, target = '', anchor = '']) => ({ page, target, anchor }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
)
const placeOf = ({ page, target }: Link): string => (target === '' ? page : join(dirname(page), target))

test('every link between the documents, and every picture, leads to a file', () => {
  assert.ok(pages.length > 40 && links.length > 200)
  const broken = links.filter((link) => !existsSync(join(root, placeOf(link))))
  assert.deepEqual(broken, [])
})

test('every link to a heading leads to one', () => {
  const toHeadings = links.filter(({ anchor }) => anchor !== '')
  assert.ok(toHeadings.length > 5)
  const broken = toHeadings.filter((link) => !anchorsOf(placeOf(link)).has(decodeURIComponent(link.anchor)))
  assert.deepEqual(broken, [])
})

test('each guide is there in both languages, and each leads to the other', () => {
  const guides = pages.filter((page) => page.startsWith('docs/guides/')).toSorted()
  assert.equal(guides.length, 8)
  for (const page of guides) {
    const name = page.slice('docs/guides/'.length)
    const other = name.endsWith('.zh-CN.md') ? name.replace('.zh-CN.md', '.md') : name.replace('.md', '.zh-CN.md')
    assert.ok(
      links.some((link) => link.page === page && link.target === other),
      `${page} does not lead to ${other}`,
    )
  }
})

test('every picture of the guides is shown by a page, so that none is kept for nobody', () => {
  const shown = new Set(links.map(placeOf))
  const pictures = globSync('docs/screenshots/guides/*.png', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  assert.ok(pictures.length > 20)
  assert.deepEqual(
    pictures.filter((path) => !shown.has(path)),
    [],
  )
})
