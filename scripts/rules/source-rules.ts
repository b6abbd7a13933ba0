import ts from 'typescript'

/** One place where the text of a file breaks a rule that neither the linter nor the import table can express. */
export type SourceBreach = {
  readonly rule: SourceRuleName
  readonly path: string
  readonly line: number
  readonly what: string
}

export type SourceFile = { readonly path: string; readonly text: string }

const linesMax = 400
const bannedNames = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'managers', 'misc']

const isCode = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path)
const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$|\/(fixtures|testing)\//.test(path)
const isProduct = (path: string): boolean => /^(electron|native|renderer)\//.test(path) && isCode(path)
const isPure = (path: string): boolean =>
  /^electron\/(till|channels|runner)\//.test(path) && isCode(path) && !isTest(path)
const isScreen = (path: string): boolean => /^renderer\/.*\.tsx?$/.test(path) && !isTest(path)

type Found = { readonly at: number; readonly what: string }

type Rule =
  | {
      readonly kind: 'text'
      readonly applies: (path: string) => boolean
      readonly find: (text: string, path: string) => Iterable<Found>
    }
  | {
      readonly kind: 'node'
      readonly applies: (path: string) => boolean
      readonly find: (node: ts.Node) => string | undefined
    }

const globalTimers = new Set(['setTimeout', 'setInterval', 'setImmediate'])
const randomSources = new Set(['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues'])
const clockReaders = new Set(['Date.now', 'Math.random', 'performance.now', 'process.hrtime', 'performance.timeOrigin'])
const windowNames = new Set(['window', 'globalThis', 'self'])
const cjk = /[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]/

const rules = {
  /** The clock, timers and randomness are arguments (design §2, §5; I14). */
  'no-clock-no-chance': {
    kind: 'node',
    applies: isPure,
    find: (node) => {
      if (ts.isPropertyAccessExpression(node)) {
        const name = `${node.expression.getText()}.${node.name.text}`
        return clockReaders.has(name) ? name : undefined
      }
      if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
        return (node.arguments?.length ?? 0) === 0 ? 'new Date() without a time' : undefined
      }
      if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
      if (!ts.isIdentifier(node) || !isReference(node)) return undefined
      return globalTimers.has(node.text) || randomSources.has(node.text) ? node.text : undefined
    },
  },
  'file-too-long': {
    kind: 'text',
    applies: (path) => /\.(tsx?|mjs|css)$/.test(path) && !/(^|\/)fixtures\/|\.fixture\.ts$/.test(path),
    find: (text) => {
      const lines = text.split('\n').length - 1
      return lines > linesMax ? [{ at: 0, what: `${lines} lines, ${linesMax} are allowed` }] : []
    },
  },
  /** A thing without a better name is a thing without a subject. */
  'name-says-nothing': {
    kind: 'text',
    // A guide is named after its reader, and a shop's manager is a person.
    applies: (path) => !path.startsWith('docs/guides/'),
    find: (_text, path) => {
      const parts = path.toLowerCase().split(/[/._-]/)
      const banned = parts.find((part) => bannedNames.includes(part))
      return banned === undefined ? [] : [{ at: 0, what: `"${banned}" in the name` }]
    },
  },
  /** Test keys are made at test time. The header alone is fine: code that reads PEM must name it. */
  'private-key': {
    kind: 'text',
    applies: () => true,
    find: (text) => [
      ...matches(text, /-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n|\\r)*[A-Za-z0-9+/]{40}/g, 'a private key'),
      // RFC 8017 A.1.2 and RFC 5208 §5: a sequence of any length, version 0, then the modulus or RSA's object identifier.
      ...matches(
        text,
        /\bMII[A-Za-z0-9+/]{2}[AQgw]IBA(DAN|AK[BC])[A-Za-z0-9+/]{300,}/g,
        'what looks like a private key',
      ),
    ],
  },
  'focused-test': {
    kind: 'node',
    applies: (path) => isCode(path),
    find: (node) => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { expression, name } = node.expression
        return name.text === 'only' && /^(test|it|describe|suite)\b/.test(expression.getText()) ? 'only(…)' : undefined
      }
      if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'only') return undefined
      return node.initializer.kind === ts.SyntaxKind.TrueKeyword ? 'only: true' : undefined
    },
  },
  /** Every sentence that a person reads stands in the one catalogue, in each language. */
  'words-outside-the-catalogue': {
    kind: 'node',
    applies: (path) => isScreen(path) && !path.startsWith('renderer/wording/'),
    find: (node) => {
      const isText =
        ts.isStringLiteralLike(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddleOrTemplateTail(node) ||
        ts.isJsxText(node) ||
        ts.isRegularExpressionLiteral(node)
      return isText && cjk.test(node.text) ? node.text.trim().slice(0, 20) : undefined
    },
  },
  'bridge-by-the-back-door': {
    kind: 'node',
    applies: (path) => isScreen(path) && path !== 'renderer/bridge.ts',
    find: (node) => {
      const isAccess = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      if (!isAccess || !windowNames.has(node.expression.getText())) return undefined
      const member = ts.isPropertyAccessExpression(node) ? node.name.text : node.argumentExpression.getText()
      return /bridge|scantill/i.test(member) ? node.getText() : undefined
    },
  },
  /** Nothing is shipped that says of itself that it is not done. */
  unfinished: {
    kind: 'text',
    applies: (path) => isProduct(path) || /^(scripts\/(?!rules\/)|bench\/|e2e\/)/.test(path),
    find: (text) => matches(text, /\b(TODO|FIXME|XXX|HACK)\b|not implemented yet/g),
  },
  /** Addresses of one machine or one registry mean nothing to the next reader. */
  'one-machine-only': {
    kind: 'text',
    applies: (path) => path !== 'package-lock.json',
    find: (text) => matches(text, /\bregistry\.npmjs\.org\b|(?<![\w.~-])\/(work|root)\/[a-z]/g),
  },
} as const satisfies Readonly<Record<string, Rule>>

export type SourceRuleName = keyof typeof rules

/** Every rule by its name. */
// Object.keys forgets the names of a closed object.
export const sourceRules = Object.keys(rules) as readonly SourceRuleName[]

/** Checks one file; `path` is relative to the project's root, with forward slashes. */
export function sourceBreaches({ path, text }: SourceFile): readonly SourceBreach[] {
  const breaches: SourceBreach[] = []
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const nodeRules: [SourceRuleName, Extract<Rule, { kind: 'node' }>][] = []
  for (const name of sourceRules) {
    const rule: Rule = rules[name]
    if (!rule.applies(path)) continue
    if (rule.kind === 'node') nodeRules.push([name, rule])
    else for (const { at, what } of rule.find(text, path)) breaches.push({ rule: name, path, line: lineAt(at), what })
  }
  if (nodeRules.length === 0) return breaches

  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    for (const [name, rule] of nodeRules) {
      const what = rule.find(node)
      if (what !== undefined) breaches.push({ rule: name, path, line: lineAt(node.getStart()), what })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return breaches
}

function matches(text: string, pattern: RegExp, what?: string): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({ at: match.index, what: what ?? match[0] }))
}

/** Whether a name refers to something outside, and is not itself a member, a parameter or a property's name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) return parent.name !== node
  return !(ts.isParameter(parent) || ts.isBindingElement(parent) || ts.isMethodSignature(parent))
}
