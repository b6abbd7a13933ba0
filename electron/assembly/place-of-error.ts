/**
 * What may be told of an error that nobody expected: its class and where it was thrown. Its message stays untold, as
 * it may quote what was being read, and that may hold a payment code (I11).
 */
export function placeOfError(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error object'
  const className = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error'
  const frame = (error.stack ?? '')
    .split('\n')
    .map((line) => /^ {4}at .*?([\w.-]{1,80}\.(?:ts|js|mjs|cjs):\d{1,6}:\d{1,6})\)?$/.exec(line)?.[1])
    .find((place) => place !== undefined && !/\d{8}/.test(place))
  return frame === undefined ? className : `${className} at ${frame}`
}
