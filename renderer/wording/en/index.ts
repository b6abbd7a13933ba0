import type { Catalogue } from '../catalogue.ts'
import { books } from './books.ts'
import { cash } from './cash.ts'
import { channels } from './channels.ts'
import { counter } from './counter.ts'
import { desk } from './desk.ts'
import { desktop } from './desktop.ts'
import { display } from './display.ts'
import { evidence } from './evidence.ts'
import { guns } from './guns.ts'
import { lines } from './lines.ts'
import { opening } from './opening.ts'
import { outcomes } from './outcomes.ts'
import { pos } from './pos.ts'
import { printing } from './printing.ts'
import { reconciliation } from './reconciliation.ts'
import { refunds } from './refunds.ts'
import { rescue } from './rescue.ts'
import { screens } from './screens.ts'
import { setup } from './setup.ts'
import { shifts } from './shifts.ts'
import { sound } from './sound.ts'
import { staff } from './staff.ts'
import { system } from './system.ts'

export const en = {
  language: 'English',
  otherLanguage: '中文',
  ...outcomes,
  ...counter,
  ...screens,
  ...lines,
  opening,
  desk,
  evidence,
  refunds,
  books,
  rescue,
  guns,
  channels,
  reconciliation,
  staff,
  pos,
  printing,
  cash,
  shifts,
  setup,
  display,
  system,
  desktop,
  sound,
} satisfies Catalogue
