import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { bytes, damaged } from './fuzz.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};
export type Answering = {
  readonly url: string;
  /** What it answers from now on, whatever it is asked; the last one again and again. */
  answer(answers: readonly Answer[]): void;
  close(): Promise<void>;
};

/** A server that answers what a test tells it to. */
export async function startAnswering(): Promise<Answering> {
  let answers: Answer[] = [];
  const server = createServer((_request, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(answer?.status ?? 500, answer?.headers).end(answer?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => {
      answers = [...next];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PAGES = ['<html><h1>502</h1></html>', '', 'null', '[', '"text"', '\ufeff{}', '['.repeat(50_000)];
const TYPES = ['application/json', 'text/html; charset=iso-8859-1', 'application/json; charset=utf-16le'];

/** Answers that a side may give to what it should answer with one of these: those, damaged, and anything else. */
export function answers(good: readonly unknown[], statuses: readonly number[]): fc.Arbitrary<Answer[]> {
  const json = fc.oneof(...good.map((one) => damaged(one))).map((value) => JSON.stringify(value) ?? '');
  const body = fc.oneof(
    { weight: 6, arbitrary: json.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: json.map((text) => Buffer.from(text).subarray(0, text.length / 2)) },
    { weight: 1, arbitrary: json.map((text) => Buffer.from(text, 'utf16le')) },
    { weight: 1, arbitrary: fc.constantFrom(...PAGES).map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: bytes(100) },
  );
  const header = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const headers = fc
    .record({
      'content-type': header(...TYPES),
      date: header('never', 'Thu, 01 Jan 1970 00:00:00 GMT'),
      'retry-after': header('soon', '-1', '1e99', 'NaN'),
      'x-rate-limit-limit': header('0', '-5', '1e99', 'x'),
      'x-rate-limit-remaining': header('-1', 'x', '1e99'),
      'x-rate-limit-reset': header('-1', 'x', '1e99'),
      'sforce-limit-info': header('api-usage=', 'api-usage=99999999999999999999/0', 'x'),
    })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
  const answer = fc.record({
    status: fc.constantFrom(...statuses),
    headers: headers as fc.Arbitrary<Record<string, string>>,
    body,
  });
  return fc.array(answer, { minLength: 1, maxLength: 3 });
}
