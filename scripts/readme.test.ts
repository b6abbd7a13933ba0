import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { practiceStories, readPracticeCode } from '../electron/training/practice-code.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pages = ['README.md', 'README.zh-CN.md'] as const
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

type Example = { readonly name: string; readonly command: string; readonly output: readonly string[] }

/** The blocks marked `<!-- run: NAME -->`: a command and its shortened output, where `…` stands for anything. */
function examplesOf(text: string): readonly Example[] {
  const block = /<!-- run: (\S+) -->\n```sh\n([^`]+)\n```\n```text\n([^`]+)\n```/g
  return [...text.matchAll(block)].map(([, name = '', command = '', output = '']) => ({
    name,
    command,
    output: output.split('\n'),
  }))
}

function fits(expected: string, line: string): boolean {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(line)
}

test('every command of the README prints what the README says', () => {
  const examples = examplesOf(textOf('README.md'))
  assert.deepEqual(
    examples.map(({ name }) => name),
    ['pay', 'doctor'],
  )
  assert.deepEqual(examplesOf(textOf('README.zh-CN.md')), examples)
  const place = mkdtempSync(join(tmpdir(), 'scantill-readme-'))
  try {
    for (const { command, output } of examples) {
      const printed = execFileSync('sh', ['-c', command.replaceAll('./demo', join(place, 'demo'))], {
        cwd: root,
        encoding: 'utf8',
      }).split('\n')
      let from = 0
      for (const expected of output) {
        const found = printed.findIndex((line, index) => index >= from && fits(expected, line))
        assert.ok(found >= 0, `“${command}” does not print “${expected}” but\n${printed.join('\n')}`)
        from = found + 1
      }
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

for (const page of pages) {
  test(`${page}: every practice code tells the story that stands beside it, and no story is missing`, () => {
    const rows = [...textOf(page).matchAll(/^\| `([a-z-]+)` \| (\d{18}) \| (\d{18}|\S+) \|/gm)]
    assert.deepEqual(
      rows.map(([, story]) => story),
      [...practiceStories],
    )
    for (const [, story, wechat = '', alipay = ''] of rows) {
      assert.deepEqual(readPracticeCode(wechat), { wallet: 'wechat', story })
      if (/^\d+$/.test(alipay)) assert.deepEqual(readPracticeCode(alipay), { wallet: 'alipay', story })
    }
  })

  test(`${page}: every link and picture is there, and the page is short enough to be read`, () => {
    const text = textOf(page)
    const links = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target)
    assert.ok(links.length > 5)
    for (const link of links) assert.ok(existsSync(join(root, link)), `${page} links to ${link}, which is not there`)
    assert.ok(text.split('\n').length <= 150)
  })
}

test('both READMEs have the same sections and the same commands', () => {
  const [english, chinese] = pages.map(textOf)
  const shape = (text = ''): readonly string[] =>
    text.split('\n').flatMap((line) => /^(#+ |```|\| `|<!--)/.exec(line)?.[1] ?? [])
  assert.deepEqual(shape(chinese), shape(english))
})
