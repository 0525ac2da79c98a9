/** What is wrong with one attribute of a record. */
type Detail = { readonly description: string; readonly error?: string };

/** A refusal in one of Zendesk's forms; a body of text comes as from the servers before it. */
export class ZendeskProblem extends Error {
  readonly status: number;
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: object | string, headers: Readonly<Record<string, string>> = {}) {
    super(typeof body === 'string' ? body : JSON.stringify(body));
    this.name = 'ZendeskProblem';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const recordNotFound = () =>
  new ZendeskProblem(404, { error: 'RecordNotFound', description: 'Not found' });

export const recordInvalid = (attribute: string, description: string, error?: string) =>
  new ZendeskProblem(422, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { [attribute]: [{ description, ...(error === undefined ? {} : { error }) } satisfies Detail] },
  });

export const badRequest = (error: string, description: string) =>
  new ZendeskProblem(400, { error, description });

/** The request itself is wrong: an attribute or a parameter has not the form that it must have. */
export const invalidAttribute = (attribute: string, rule: string) =>
  new ZendeskProblem(400, {
    error: {
      title: 'Invalid attribute',
      message: `You passed an invalid value for the ${attribute} attribute. ${rule}`,
    },
  });

export const forbidden = () =>
  new ZendeskProblem(403, {
    error: {
      title: 'Forbidden',
      message:
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    },
  });

/** The words that the result of a job has of a refusal. */
export function wordsOf(problem: ZendeskProblem): string {
  const { body } = problem;
  if (typeof body === 'string') return body;
  const {
    error,
    description = '',
    details,
  } = body as {
    error?: string | { message: string };
    description?: string;
    details?: Record<string, Detail[]>;
  };
  if (typeof error === 'object') return error.message;
  if (details === undefined) return description;
  return Object.values(details)
    .flat()
    .map((detail) => detail.description)
    .join(', ');
}
