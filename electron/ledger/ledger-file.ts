/** The ledger's name in the data folder. */
export const ledgerFileName = 'ledger.sqlite'
