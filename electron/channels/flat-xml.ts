import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Why a text is no flat XML message; none of them says anything about the payment. */
export type FlatXmlProblem =
  | 'too-large'
  | 'doctype' // a document type or entity declaration, refused before any parser sees it (wechat.md §3.2, XXE)
  | 'not-xml' // HTML that is no XML, half an answer, nothing at all
  | 'wrong-root'
  | 'not-flat'
  | 'duplicate-element'

export type FlatXmlReading =
  | { readonly ok: true; readonly fields: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problem: FlatXmlProblem }

/** Longest answer that is looked at, in UTF-16 units; the transport already stops at 1 MiB (wechat.md §3.2). */
const longestTextUnits = 1_048_576

const elementName = /^[A-Za-z_][\w.-]*$/

/**
 * Writes a flat message: `<xml>` with one element a parameter, every value in CDATA (wechat.md §3.2, swiftpass.md §1).
 *
 * Values may hold anything that XML can carry, `]]>` too. A name that is no element name is a bug and throws.
 */
export function writeFlatXml(parameters: Readonly<Record<string, string>>): string {
  const elements = Object.entries(parameters).map(([name, value]) => {
    if (!elementName.test(name)) throw new RangeError('not an element name')
    return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
  })
  return `<xml>${elements.join('')}</xml>`
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: true,
  maxNestedTags: 8,
})

/** The parser's ordered form: each node holds one member, its name or `#text`. */
const membersOf = (node: unknown): readonly (readonly [string, unknown])[] =>
  typeof node === 'object' && node !== null ? Object.entries(node) : []

const textOf = (children: unknown): string | undefined => {
  if (!Array.isArray(children)) return undefined
  let text = ''
  for (const child of children) {
    for (const [name, value] of membersOf(child)) {
      if (name !== '#text') return undefined
      text += String(value)
    }
  }
  return text
}

/**
 * Reads a flat message; every value is a string, so that 28-digit ids keep their digits (wechat.md §3.2).
 *
 * Never throws. Doctypes and entity declarations, nested or repeated elements, another root than `<xml>` and texts
 * that are not well-formed are refused by name. The fields have no prototype.
 */
export function readFlatXml(text: string): FlatXmlReading {
  if (text.length > longestTextUnits) return { ok: false, problem: 'too-large' }
  if (/<!\s*(?:doctype|entity|element|attlist|notation)/i.test(text)) return { ok: false, problem: 'doctype' }
  let nodes: unknown
  try {
    if (XMLValidator.validate(text) !== true) return { ok: false, problem: 'not-xml' }
    nodes = parser.parse(text)
  } catch {
    return { ok: false, problem: 'not-xml' }
  }
  const roots = Array.isArray(nodes) ? nodes.flatMap(membersOf).filter(([name]) => name !== '#text') : []
  const [root] = roots
  if (root === undefined) return { ok: false, problem: 'not-xml' }
  if (roots.length > 1 || root[0] !== 'xml') return { ok: false, problem: 'wrong-root' }
  return readElements(root[1])
}

const readElements = (children: unknown): FlatXmlReading => {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of Array.isArray(children) ? children.flatMap(membersOf) : []) {
    if (name === '#text') {
      if (String(value).trim() !== '') return { ok: false, problem: 'not-flat' }
      continue
    }
    if (name in fields) return { ok: false, problem: 'duplicate-element' }
    const text = textOf(value)
    if (text === undefined) return { ok: false, problem: 'not-flat' }
    fields[name] = text
  }
  return { ok: true, fields }
}
