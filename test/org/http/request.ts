import type { IncomingHttpHeaders } from 'node:http';
import { SalesforceError } from '../records/errors.ts';

/** A request as the routes see it, from the network or from within a composite request. */
export type OrgRequest = {
  readonly method: string;
  /** Path without query; a doubled leading slash is gone. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Set once the session was checked. */
  readonly userId: string;
  /** From the path, e.g. `65.0`; empty outside of /services/data. */
  readonly version: string;
};

export type Answer = {
  readonly status: number;
  /** An object is sent as JSON, text as it is, undefined as nothing. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export function jsonBody(request: OrgRequest): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body.toString('utf8') || '{}');
  } catch (error) {
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      error instanceof Error ? error.message : 'unreadable JSON',
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SalesforceError('JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object');
  }
  return parsed as Record<string, unknown>;
}

/** What the caller named itself: `Sforce-Call-Options: client=Name`. */
export function clientOf(request: OrgRequest): string | null {
  const options = request.headers['sforce-call-options'];
  return (
    /client=([^;,]+)/.exec(Array.isArray(options) ? options.join(',') : (options ?? ''))?.[1]?.trim() ?? null
  );
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

/** The error body of the REST API. */
export function errorBody(error: SalesforceError): unknown[] {
  return [
    {
      message: error.message,
      errorCode: error.code,
      ...(error.fields.length > 0 ? { fields: error.fields } : {}),
    },
  ];
}
