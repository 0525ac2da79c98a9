/** A refusal in Desk's form: codes in the shape of the request. */
export class DeskProblem extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, message: string, errors?: Record<string, unknown>) {
    super(message);
    this.name = 'DeskProblem';
    this.status = status;
    this.body = errors === undefined ? { message } : { message, errors };
  }
}

export const notFound = () => new DeskProblem(404, 'Resource Not Found');
export const invalid = (errors: Record<string, unknown>) => new DeskProblem(422, 'Validation Failed', errors);
