import bwip from 'bwip-js/node'

/** The digits of a code as SVG texts, as a wallet shows them: QR and Code 128. Their reader sets the digits beside them. */
export function codePictures(digits: string): { readonly qrSvg: string; readonly barcodeSvg: string } {
  return {
    qrSvg: bwip.toSVG({ bcid: 'qrcode', text: digits, padding: 2, backgroundcolor: 'FFFFFF' }),
    barcodeSvg: bwip.toSVG({
      bcid: 'code128',
      text: digits,
      height: 12,
      padding: 2,
      backgroundcolor: 'FFFFFF',
    }),
  }
}
