import type { Language } from '../../electron/api/contract.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en/index.ts'
import { zhCN } from './zh-CN/index.ts'

/** Every language that the screen speaks. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { 'zh-CN': zhCN, en }

/** The language after this one, for the one key that switches. */
export const otherLanguage = (language: Language): Language => (language === 'zh-CN' ? 'en' : 'zh-CN')
