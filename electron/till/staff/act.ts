/** What people do at a till that not everybody may do. */
export type Act =
  | 'take-payment'
  | 'ask-channel'
  | 'revoke-order'
  | 'refund-order'
  | 'return-cash'
  | 'take-case'
  | 'settle-case'
  | 'open-drawer'
  | 'move-cash'
  | 'open-shift'
  | 'hand-over-shift'
  | 'close-shift'
  | 'accept-difference'
  | 'close-other-shift'
  | 'read-shift-report'
  | 'read-every-shift'
  | 'sign-off-day'
  | 'manage-staff'
  | 'change-settings'
  | 'install-update'
  | 'leave-kiosk'
  | 'make-support-file'

export const acts = [
  'take-payment',
  'ask-channel',
  'revoke-order',
  'refund-order',
  'return-cash',
  'take-case',
  'settle-case',
  'open-drawer',
  'move-cash',
  'open-shift',
  'hand-over-shift',
  'close-shift',
  'accept-difference',
  'close-other-shift',
  'read-shift-report',
  'read-every-shift',
  'sign-off-day',
  'manage-staff',
  'change-settings',
  'install-update',
  'leave-kiosk',
  'make-support-file',
] as const satisfies readonly Act[]

/** What each act is, for the page and for the journal's readers. */
export const actMeanings = {
  'take-payment': 'charge a payment code, or take cash',
  'ask-channel': 'ask the channel about an order now',
  'revoke-order': 'revoke an order that is in doubt',
  'refund-order': 'give money of a paid order back through its channel',
  'return-cash': 'give cash back for a sale that was paid in cash',
  'take-case': 'take a doubtful order on (人工处理)',
  'settle-case': 'decide by hand how a doubtful order ended',
  'open-drawer': 'open the drawer without a sale',
  'move-cash': 'put cash into the drawer or take it out, without a sale',
  'open-shift': 'begin a shift',
  'hand-over-shift': 'hand a running shift to the next cashier (交接班)',
  'close-shift': 'count and close one’s own shift',
  'accept-difference': 'close although the drawer differs from what is expected',
  'close-other-shift': 'close the shift of somebody else, a forgotten one for example',
  'read-shift-report': 'read the report of the running shift',
  'read-every-shift': 'read the reports of all shifts',
  'sign-off-day': 'sign a day’s reconciliation off',
  'manage-staff': 'add people, let them go, change roles and PINs',
  'change-settings': 'change the till’s settings',
  'install-update': 'put a new version of the program in place and start it again',
  'leave-kiosk': 'leave the full screen of a till that has nothing else (kiosk)',
  'make-support-file': 'put the log, the configuration and what is open into one file for support',
} as const satisfies Readonly<Record<Act, string>>
