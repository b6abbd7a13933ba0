import { networkInterfaces } from 'node:os'

/** An address of this machine for WeChat's `spbill_create_ip`: the first that is not internal, else loopback. */
export function callerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const outward = addresses.find(({ internal, family }) => !internal && family === 'IPv4')
  return outward?.address ?? '127.0.0.1'
}
