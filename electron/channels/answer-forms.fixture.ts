/** For tests only: the two wire formats, as the spoiler of answers sees them. */

/** What a wire format is made of, so that answers are spoiled where it hurts. */
export type AnswerForm = {
  /** One field with its name and value as groups; global. */
  readonly field: RegExp
  /** A value that is nested so deep, as it would stand in a field. */
  readonly nested: (depth: number) => string
  readonly written: (name: string, value: string) => string
  /** What may stand before an answer: doctypes, marks, comments, declarations. */
  readonly prologues: readonly string[]
}

export const xmlForm: AnswerForm = {
  field: /<(?<name>[A-Za-z_]\w*)>(?<value>(?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\k<name>>/g,
  nested: (depth) => `${'<a>'.repeat(depth)}1${'</a>'.repeat(depth)}`,
  written: (name, value) => `<${name}>${value}</${name}>`,
  prologues: [
    '<!DOCTYPE xml [<!ENTITY paid "SUCCESS">]>',
    '<!doctype html>',
    '<!DOCTYPE xml SYSTEM "file:///etc/hostname">',
    '<!ENTITY a "&a;&a;">',
    '<?xml version="1.0" encoding="GBK"?>',
    '<?xml version="9"?>',
    '<!-- -->',
    '<![CDATA[x]]>',
    '\uFEFF',
    '\u0000',
    ' \n',
    '<xml></xml>',
  ],
}

export const jsonForm: AnswerForm = {
  field: /"(?<name>[a-z_]+)":(?<value>"(?:[^"\\]|\\.)*"|-?[\d.]+)/g,
  nested: (depth) => `${'['.repeat(depth)}1${']'.repeat(depth)}`,
  written: (name, value) => `"${name}":${value}`,
  prologues: ['\uFEFF', '\u0000', ' \n', '//', ")]}'\n", '{}', '[', 'null', '<html>', 'callback('],
}
