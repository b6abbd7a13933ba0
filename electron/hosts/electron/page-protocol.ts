import { type Protocol, protocol } from 'electron'
import { readPageFile } from '../page-files.ts'
import { pageHeaders } from '../page-policy.ts'
import { isPageAddress, pageOrigin, pageScheme } from './page-origin.ts'

/** Makes `app://` a scheme like https. Electron takes this before it is ready only. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page at `app://till/` with the policy headers, and nothing else anywhere. */
export function servePage(pageProtocol: Pick<Protocol, 'handle'>, rendererDirectory: string): void {
  pageProtocol.handle(pageScheme, async ({ url, method }) => {
    if (!isPageAddress(url)) return answer(403)
    if (method !== 'GET' && method !== 'HEAD') return answer(405)
    // Path as it came, without what `URL` would tidy away before it could be refused.
    const path = url.slice(pageOrigin.length).split(/[?#]/, 1)[0] || '/'
    const file = await readPageFile(rendererDirectory, path)
    if (file.kind === 'outside') return answer(403)
    if (file.kind === 'missing') return answer(404)
    return new Response(method === 'HEAD' ? null : file.body, {
      headers: { ...pageHeaders, 'content-type': file.contentType },
    })
  })
}

function answer(status: 403 | 404 | 405): Response {
  return new Response(null, { status, headers: pageHeaders })
}
