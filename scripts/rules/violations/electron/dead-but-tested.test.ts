import { tested } from './dead-but-tested.ts'
export const sum = tested
