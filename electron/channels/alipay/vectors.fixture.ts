import { readFileSync } from 'node:fs'

export type AlipayVectors = {
  readonly keys: { readonly app_public_spki: string; readonly alipay_public_spki: string }
  readonly certificates: {
    readonly app_cert_pem: string
    readonly alipay_cert_pem: string
    readonly alipay_root_bundle_pem: string
    readonly app_cert_sn: string
    readonly alipay_cert_sn: string
    readonly alipay_root_cert_sn: string
  }
  readonly requests: readonly {
    readonly name: string
    readonly unsigned_params: Readonly<Record<string, string>>
    readonly string_to_sign: string
    readonly sign: string
    readonly http: { readonly url: string; readonly body: string; readonly content_type: string }
  }[]
  readonly request_negative: readonly {
    readonly name: string
    readonly string_to_sign: string
    readonly sign: string
  }[]
  readonly responses: readonly {
    readonly name: string
    readonly method: string
    readonly raw_body: string
    readonly node_key: string
    readonly signed_text: string
    readonly sign: string | null
    readonly expect: 'accept' | 'reject' | 'accept_only_after_unescaping_slashes' | 'config_error_without_signature'
    readonly text_that_verifies?: string
    readonly reserialised_text_must_be_rejected?: string
  }[]
}

/** For tests only. The file's shape is fixed by the assertions of the tests that read it. */
export const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as AlipayVectors
