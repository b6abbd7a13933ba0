import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { svgAddress } from './svg-picture.ts'

/** A receipt's picture is drawn in dots of 203 dpi, which are eight to the millimetre. */
const dotsPerMillimetre = 8

/** The size of the paper that an SVG of ours is drawn on, in whole millimetres; null for what is none. */
export function sheetSize(svg: string): { readonly widthMm: number; readonly heightMm: number } | null {
  const [, width, height] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
  if (width === undefined || height === undefined) return null
  const millimetres = (dots: string): number => Math.ceil(Number(dots) / dotsPerMillimetre)
  return { widthMm: millimetres(width), heightMm: millimetres(height) }
}

/**
 * While it is there, this paper alone is what the window prints, on a sheet of its own size: the system's print dialog
 * gives it to any printer or makes a PDF of it. The file is named after the paper.
 */
export function PaperSheet({ svg, name }: { readonly svg: string; readonly name: string }) {
  useEffect(() => {
    const size = sheetSize(svg)
    if (size === null) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`@page { size: ${size.widthMm}mm ${size.heightMm}mm; margin: 0 }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet)
    }
  }, [svg])
  useEffect(() => {
    const { title } = document
    const namePaper = (): void => {
      document.title = name
    }
    const nameWindow = (): void => {
      document.title = title
    }
    window.addEventListener('beforeprint', namePaper)
    window.addEventListener('afterprint', nameWindow)
    return () => {
      window.removeEventListener('beforeprint', namePaper)
      window.removeEventListener('afterprint', nameWindow)
      nameWindow()
    }
  }, [name])
  return createPortal(
    <div className="paper-sheet">
      <img src={svgAddress(svg)} alt="" />
    </div>,
    document.body,
  )
}
