/** A failure as Salesforce tells it: one of its status codes, its words, and the fields meant. */
export class SalesforceError extends Error {
  readonly code: string;
  readonly fields: readonly string[];
  readonly status: number;

  constructor(code: string, message: string, fields: readonly string[] = [], status = STATUS[code] ?? 400) {
    super(message);
    this.name = 'SalesforceError';
    this.code = code;
    this.fields = fields;
    this.status = status;
  }
}

const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS: 403,
  API_DISABLED_FOR_ORG: 403,
  REQUEST_LIMIT_EXCEEDED: 403,
  INVALID_SESSION_ID: 401,
  METHOD_NOT_ALLOWED: 405,
  UNKNOWN_EXCEPTION: 500,
};

export const notFound = () => new SalesforceError('NOT_FOUND', 'The requested resource does not exist');
