import type { Language } from '../../electron/api/contract.ts'

const languageKey = 'scantill.language'

const read = (key: string): string | null => {
  try {
    return window.localStorage.getItem(key)
  } catch {
    // A browser that keeps nothing: the till's own setting holds.
    return null
  }
}

const write = (key: string, value: string): void => {
  try {
    window.localStorage.setItem(key, value)
  } catch {
    // As above; the choice holds until the page is closed.
  }
}

/** The language chosen at this screen before; null when nobody chose. */
export function rememberedLanguage(): Language | null {
  const text = read(languageKey)
  return text === 'zh-CN' || text === 'en' ? text : null
}

export const rememberLanguage = (language: Language): void => write(languageKey, language)
