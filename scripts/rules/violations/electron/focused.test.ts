// breach: focused-test
import { test } from 'node:test'
test.only('alone', () => {})
