import { createContext, type ReactNode, useContext } from 'react'
import type { Language } from '../../electron/api/contract.ts'
import type { Catalogue } from './catalogue.ts'
import { catalogues } from './catalogues.ts'

export const Words = createContext<Catalogue>(catalogues['zh-CN'])

/** Gives every component below it the sentences of `language`. */
export function WordsProvider(props: { readonly language: Language; readonly children: ReactNode }) {
  return <Words value={catalogues[props.language]}>{props.children}</Words>
}

/** The sentences of the language on screen. */
export const useWords = (): Catalogue => useContext(Words)
