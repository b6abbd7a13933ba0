import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'

const root = dirname(dirname(import.meta.dirname))
const place = mkdtempSync(join(tmpdir(), 'scantill-lint-'))
after(() => rmSync(place, { recursive: true }))

/** Texts as they could stand in the tree, each with the rules that it breaks. */
const texts: readonly (readonly [path: string, rules: readonly string[], text: string])[] = [
  ['electron/till/default.ts', ['noDefaultExport'], 'export default 1\n'],
  ['electron/till/enum.ts', ['noEnum'], 'export enum Wallet {\n  wechat = 1,\n}\n'],
  ['electron/till/any.ts', ['noExplicitAny'], 'export const a = (b: any): number => b.c\n'],
  ['electron/till/bang.ts', ['noNonNullAssertion'], 'export const a = (b: number | undefined): number => b!\n'],
  ['electron/runner/console.ts', ['noConsole'], "console.log('paid')\n"],
  ['electron/cli/console.ts', [], "console.log('paid')\n"],
  ['electron/till/type.ts', ['useImportType'], "import { Fen } from './money.ts'\nexport const a: Fen = 1\n"],
  ['electron/till/extension.ts', ['useImportExtensions'], "export { Fen } from './money'\n"],
  ['electron/till/money.ts', [], 'export type Fen = number\n'],
  ['electron/till/clock.ts', ['noRestrictedGlobals'], 'export const a = (): number => performance.now()\n'],
  [
    'electron/channels/wechat/wait.ts',
    ['noRestrictedGlobals'],
    'export const a = (): unknown => setTimeout(() => 1, 1)\n',
  ],
  ['electron/runner/tick.ts', ['noRestrictedGlobals'], 'export const a = (): unknown => setInterval(() => 1, 1)\n'],
  ['electron/transport/wait.ts', [], 'export const a = (): unknown => setTimeout(() => 1, 1)\n'],
  ['renderer/counter/door.ts', ['noRestrictedGlobals'], 'export const a = scantill\n'],
  ['renderer/bridge.ts', [], 'export const a = scantill\n'],
  [
    'electron/runner/floating.ts',
    ['noFloatingPromises'],
    'const save = async (): Promise<void> => {}\nexport const a = () => {\n  save()\n}\n',
  ],
  [
    'electron/runner/switch.ts',
    ['useExhaustiveSwitchCases'],
    "export const a = (b: 'x' | 'y'): number => {\n  switch (b) {\n    case 'x':\n      return 1\n  }\n  return 2\n}\n",
  ],
  ['electron/till/focused.test.ts', ['noFocusedTests'], "import { test } from 'node:test'\ntest.only('a', () => {})\n"],
  ['electron/till/throws.ts', ['useThrowOnlyError'], "export const a = (): never => {\n  throw 'no'\n}\n"],
]

test('each rule of the linter that the house leans on bites, where it should and nowhere else', () => {
  // The real configuration; only what binds it to the repository is left out.
  const configuration: unknown = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  assert.ok(typeof configuration === 'object')
  writeFileSync(join(place, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false }, $schema: '' }))
  for (const [path, , text] of texts) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=github', '--max-diagnostics=200', '.'], {
    cwd: place,
    encoding: 'utf8',
  })
  const reported = [...stdout.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+),/g)].map(
    (match) => `${match[2]?.replace(`${place}/`, '')} ${match[1]}`,
  )
  const expected = texts.flatMap(([path, rules]) => rules.map((rule) => `${path} ${rule}`))
  assert.deepEqual([...new Set(reported)].sort(), [...expected].sort())
})
