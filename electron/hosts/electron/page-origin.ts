/** The page's own scheme and host; nothing is loaded from files or from the network (platform.md §10). */
export const pageScheme = 'app'
export const pageHost = 'till'
export const pageOrigin = `${pageScheme}://${pageHost}`
export const pageAddress = `${pageOrigin}/`

/** The customer's display: the one other page, opened in a window of its own. */
export const displayAddress = `${pageAddress}display.html`

/** Whether an address is the till's own page: the exact scheme and host, without credentials or port. */
export function isPageAddress(address: string): boolean {
  return address === pageOrigin || address.startsWith(pageAddress)
}
