// breach: focused-test
import { test } from 'node:test'
test('alone', { only: true }, () => {})
