import { SalesforceError } from '../records/errors.ts';

/** The daily API calls of an org. */
export class Limits {
  max: number;
  used = 0;

  constructor(max: number) {
    this.max = max;
  }

  countCall(): void {
    if (this.used >= this.max)
      throw new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    this.used += 1;
  }
}
