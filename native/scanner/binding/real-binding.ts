import type { Binding } from './binding.ts'
import { hidBinding } from './hid-binding.ts'
import { serialBinding } from './serial-binding.ts'

/** This machine's hardware. */
export const realBinding: Binding = { ...hidBinding, ...serialBinding }
