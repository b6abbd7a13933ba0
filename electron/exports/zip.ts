import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Small texts as one archive, in their order. */
export function zipOfTexts(texts: readonly { readonly name: string; readonly text: string }[]): Promise<Buffer> {
  const zip = new ZipFile()
  for (const { name, text } of texts) zip.addBuffer(Buffer.from(text, 'utf8'), name)
  zip.end()
  return buffer(zip.outputStream)
}
