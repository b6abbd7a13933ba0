import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'

const root = dirname(dirname(import.meta.dirname))

/**
 * The error codes that each text gets as if it stood in a project's folder: what the project's references, libraries and
 * lists of global types let it see.
 */
function errorsOf(project: string, texts: readonly string[]): readonly (readonly number[])[] {
  const read = ts.getParsedCommandLineOfConfigFile(
    join(root, project, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => assert.fail(String(diagnostic.messageText)),
    },
  )
  assert.ok(read)
  const standIns = new Map(texts.map((text, index) => [join(root, project, `stand-in-${index}.ts`), text]))
  const host = ts.createCompilerHost(read.options)
  const { readFile, fileExists, getSourceFile } = host
  host.readFile = (name) => standIns.get(name) ?? readFile(name)
  host.fileExists = (name) => standIns.has(name) || fileExists(name)
  host.getSourceFile = (name, version) => {
    const text = standIns.get(name)
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version)
  }
  const program = ts.createProgram({
    rootNames: [...read.fileNames, ...standIns.keys()],
    options: read.options,
    host,
    ...(read.projectReferences ? { projectReferences: read.projectReferences } : {}),
  })
  return [...standIns.keys()].map((name) => {
    const source = program.getSourceFile(name)
    assert.ok(source)
    const outside = program.getOptionsDiagnostics().filter(({ file }) => file === source)
    const codes = [...program.getSemanticDiagnostics(source), ...outside].map(({ code }) => code)
    return [...new Set(codes)].sort((a, b) => a - b)
  })
}

/** "Cannot find name …", with and without a hint at what could be missing. */
const cannotFindName = [2304, 2552, 2580, 2584, 2591]

function assertUnknown(project: string, names: readonly string[]): void {
  const found = errorsOf(
    project,
    names.map((name) => `export const a = ${name}\n`),
  )
  for (const [index, name] of names.entries()) {
    const codes = found[index] ?? []
    assert.ok(
      codes.some((code) => cannotFindName.includes(code)),
      `${name} is known in ${project}: ${codes.join()}`,
    )
  }
}

test('in till/ there is neither Node nor a browser', () => {
  assertUnknown('electron/till', ['process', 'setTimeout', 'fetch', 'document', 'console', 'Buffer', 'URL'])
  assert.deepEqual(errorsOf('electron/till', ['export const a = Math.max(1, 2)\n']), [[]])
})

test('on the screen there is a browser and no Node', () => {
  assertUnknown('renderer', ['process', 'Buffer', 'require'])
  assert.deepEqual(errorsOf('renderer', ['export const a = document.title\n']), [[]])
})

test('on the main side there is Node and no browser', () => {
  assertUnknown('electron', ['document', 'window'])
  assert.deepEqual(errorsOf('electron', ['export const a = process.pid\n']), [[]])
})

test('the screen reaches the contract, and nothing else of the main side', () => {
  assert.deepEqual(
    errorsOf('renderer', [
      "export type { Calls } from '../electron/api/contract.ts'\n",
      "export { originProblem } from '../electron/channels/origin.ts'\n",
    ]).map((codes) => codes.length > 0),
    [false, true],
  )
})

test('the strict switches are on', () => {
  assert.deepEqual(
    errorsOf('electron/till', [
      'export const a = (b: number[]): number => b[0]\n',
      'export const a: { b?: number } = { b: undefined }\n',
      "import { Fen } from './money.ts'\nexport type A = Fen\n",
      'export enum A {\n  b = 1,\n}\n',
    ]),
    [[2322], [2375], [1484], [1294]],
  )
})
