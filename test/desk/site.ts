import { shownValues } from './customFields.ts';
import { byId } from './finder.ts';
import type { Input } from './input.ts';
import { page } from './lists.ts';
import { notFound } from './problem.ts';
import * as render from './render.ts';
import { KEY, type Case, type Company, type Customer, type DeskState } from './state.ts';

export type DeskRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: Input;
};
export type DeskAnswer = { readonly status: number; readonly body?: object; readonly location?: string };
export type Route = readonly [
  method: string,
  pattern: RegExp,
  handle: (request: DeskRequest, ...ids: string[]) => DeskAnswer,
];

export const ok = (body: object): DeskAnswer => ({ status: 200, body });
export const created = (body: object & { _links: { self: { href: string } } }): DeskAnswer => ({
  status: 201,
  body,
  location: body._links.self.href,
});
export const LIST = { defaultSize: 50, capped: false } as const;

/** One site as its routes see it: its state, and how its records are found and shown. */
export class Site {
  readonly state: DeskState;
  readonly searchLagMs: () => number;

  constructor(state: DeskState, searchLagMs: () => number) {
    this.state = state;
    this.searchLagMs = searchLagMs;
  }

  /** @throws 404 */
  find<T extends { id: number }>(records: readonly T[], id: string): T {
    const record = byId(records, Number(id));
    if (!record) throw notFound();
    return record;
  }

  /** A case by its number or, as `e-…`, by its external id. @throws 404 */
  findCase(id: string): Case {
    const external = /^e-(.+)$/.exec(id)?.[1];
    if (external === undefined) return this.find(this.state.tables.cases, id);
    const record = this.state.cases.first(KEY.externalId(external));
    if (!record) throw notFound();
    return record;
  }

  company(company: Company) {
    return {
      ...render.companyBody(company),
      custom_fields: shownValues(this.state, 'company', company.custom_fields),
    };
  }

  customer(customer: Customer) {
    return {
      ...render.customerBody(customer),
      custom_fields: shownValues(this.state, 'customer', customer.custom_fields),
    };
  }

  case(deskCase: Case) {
    return {
      ...render.caseBody(deskCase),
      custom_fields: shownValues(this.state, 'ticket', deskCase.custom_fields),
    };
  }

  /** A case with what `embed` asks for. */
  caseWith(deskCase: Case, query: URLSearchParams): object {
    const embed = query.get('embed')?.split(',') ?? [];
    const customer = embed.includes('customer') && this.#customerOf(deskCase);
    const embedded = {
      ...(customer ? { customer: this.customer(customer) } : {}),
      ...(embed.includes('message')
        ? { message: render.messageBody(deskCase.message, deskCase, 'message') }
        : {}),
    };
    return Object.keys(embedded).length === 0
      ? this.case(deskCase)
      : { ...this.case(deskCase), _embedded: embedded };
  }

  cases(records: readonly Case[], query: URLSearchParams, path: string, defaultSize = 50): DeskAnswer {
    return ok(page(records, query, { path, defaultSize, capped: true }, (one) => this.caseWith(one, query)));
  }

  companyIdOf(deskCase: Case): number | null {
    return this.#customerOf(deskCase)?.company_id ?? null;
  }

  #customerOf({ customer_id: id }: Case): Customer | undefined {
    return byId(this.state.tables.customers, id);
  }
}
