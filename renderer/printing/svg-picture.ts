/** An SVG text as an address for a picture; the page's policy lets data through, and nothing in it is run. */
export const svgAddress = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

/** Draws an SVG with the fonts of this machine: a PNG in base64, as the bridge takes pictures. */
export async function pngOfSvg(svg: string): Promise<string> {
  const picture = new Image()
  picture.src = svgAddress(svg)
  await picture.decode()
  return pngOf(picture, picture.naturalWidth, picture.naturalHeight)
}

/** A logo's room on the widest paper, in dots. */
const logoMost = { width: 576, height: 240 } as const

/**
 * A picture file as a logo, made smaller until it fits the paper: a photograph of 40 megapixels becomes some thousand dots
 * here, in the window, and never reaches the till. Rejects for what is no picture.
 */
export async function logoPng(file: Blob): Promise<{ readonly png: string; readonly wasReduced: boolean }> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, logoMost.width / picture.width, logoMost.height / picture.height)
  const size = (length: number): number => Math.max(1, Math.round(length * scale))
  try {
    return { png: pngOf(picture, size(picture.width), size(picture.height)), wasReduced: scale < 1 }
  } finally {
    picture.close()
  }
}

function pngOf(picture: CanvasImageSource, width: number, height: number): string {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('this window cannot draw')
  pen.drawImage(picture, 0, 0, width, height)
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length)
}
