import { randomInt } from 'node:crypto'
import {
  makePracticeCode,
  type PracticeWallet,
  practiceSerialDigits,
  type Story,
} from '../electron/training/practice-code.ts'

/** A practice code that no till has seen. */
export function freshCode(wallet: PracticeWallet, story: Story): string {
  const serial = String(randomInt(10 ** practiceSerialDigits)).padStart(practiceSerialDigits, '0')
  return makePracticeCode(wallet, story, serial)
}
