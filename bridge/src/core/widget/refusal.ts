/** Why a page shows no record. */
export type Refusal =
  | 'forged'
  | 'expired'
  | 'noPage'
  | 'noCase'
  | 'noCustomer'
  | 'notLinked'
  | 'gone'
  | 'off'
  | 'spent'
  | 'busy'
  | 'noSalesforce'
  | 'noDesk'
  | 'noRight'
  | 'failed';
