import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentKinds } from '../../till/receipt/document.ts'
import { defaultTemplate, paperWidths } from './default-templates.ts'
import { readTemplate } from './read-template.ts'
import { templateProblemSentence } from './template-problem.ts'

const good = '{{storeName}}\n{{amount}}\n{{orderNumber}}'
const problemsOf = (text: string, kind: 'sale' | 'shift-report' = 'sale') => {
  const reading = readTemplate(kind, text)
  return reading.ok ? [] : reading.problems.map(({ line, kind: reason }) => `${line} ${reason}`)
}

test('every default template is one', () => {
  for (const kind of documentKinds) {
    for (const paper of paperWidths) {
      const reading = readTemplate(kind, defaultTemplate(kind, paper))
      assert.ok(reading.ok, `${kind} ${paper}: ${JSON.stringify(reading)}`)
    }
  }
})

test('an error names the line and the reason', () => {
  assert.deepEqual(problemsOf(good), [])
  assert.deepEqual(problemsOf(`${good}\n{{orderNumer}}`), ['4 slot-unknown'])
  assert.deepEqual(problemsOf(`{{word.nothing}}\n${good}\n{{goods.name}}`), ['1 slot-unknown', '5 slot-unknown'])
  assert.deepEqual(problemsOf(`${good}\n{{amount}`), ['4 slot-not-closed'])
  assert.deepEqual(problemsOf(`${good}\n{{#goods}}\n{{goods.name}}`), ['5 block-not-closed'])
  assert.deepEqual(problemsOf(`${good}\n{{/goods}}`), ['4 block-not-open'])
  assert.deepEqual(problemsOf(`${good}\n{{#tenders}}\n{{/tenders}}`), ['4 slot-unknown'])
  assert.deepEqual(problemsOf(`${good}\nOrder {{code orderNumber}}`), ['4 not-alone'])
  assert.deepEqual(problemsOf(`${good}\n{{?nothing}}-`), ['4 slot-unknown'])
  assert.deepEqual(problemsOf(`${good}\na { b`), ['4 brace'])
  assert.deepEqual(problemsOf(`${good}\n${'{{amount}}'.repeat(17)}`), ['4 too-many-slots'])
  assert.deepEqual(problemsOf(`${good}\n\ue000`), ['4 private-character'])
  assert.deepEqual(problemsOf(`${good}\n${'\n'.repeat(300)}`), ['1 too-long'])
})

test('no template reaches the printer past the checks', () => {
  for (const property of [
    '{command:\\x1bp0}',
    '{x:\\x1b@}',
    '{image:iVBORw0KGgo=}',
    '{i:iVBORw0KGgo=}',
    '{a:left;x:1}',
  ]) {
    assert.deepEqual(problemsOf(`${good}\n${property}`), ['4 property'], property)
  }
  assert.deepEqual(problemsOf(`${good}\n{border:line}`), ['4 ruled-border'])
  assert.deepEqual(problemsOf(`${good}\n{align:left; width:10,*}\n{_:a note}\n{code:1234;option:qrcode}`), [])
})

test('a sale shows its amount and its order number on every paper', () => {
  assert.deepEqual(problemsOf('{{storeName}}'), ['1 slot-missing', '1 slot-missing'])
  assert.deepEqual(
    problemsOf('{{amount}} {{staff}}\n{{orderNumber}}'),
    ['2 slot-missing'],
    'gone where staff is missing',
  )
  assert.deepEqual(problemsOf('{{?signedText}}{{amount}}\n{{orderNumber}}'), ['2 slot-missing'])
  assert.deepEqual(problemsOf('{{?orderNumber}}{{amount}} {{orderNumber}}'), [])
})

test('every problem is a sentence that begins with its line', () => {
  for (const text of ['{{x}}', '{{amount}', '{', '{x:1}', '{border:line}', '\ue000', '{{#goods}}', '{{/goods}}', 'a']) {
    const reading = readTemplate('sale', `\n${text}`)
    assert.ok(!reading.ok)
    for (const problem of reading.problems) assert.match(templateProblemSentence(problem), /^Line \d+: .+\.$/)
  }
})
