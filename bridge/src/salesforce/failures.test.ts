import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { canRetry } from '../core/failure.ts';
import { networkFailure, recordFailure, requestFailure } from './failures.ts';
import { streamEnd } from './streamEnd.ts';

test('a failure is tried again just where that can help', () => {
  const retried = (errorCode: string) => canRetry(recordFailure({ errorCode, message: '' }));
  for (const code of ['UNABLE_TO_LOCK_ROW', 'REQUEST_LIMIT_EXCEEDED', 'INVALID_CROSS_REFERENCE_KEY'])
    assert.ok(retried(code), code);
  for (const code of [
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'STRING_TOO_LONG',
    'INSUFFICIENT_ACCESS',
    'DUPLICATES_DETECTED',
    'ENTITY_IS_DELETED',
  ])
    assert.ok(!retried(code), code);
});

test('a lookup that leads nowhere yet is told from a field that is not there, a record type from a parent', () => {
  const classOf = (errorCode: string, message: string) => recordFailure({ errorCode, message }).class;
  assert.equal(
    classOf('INVALID_FIELD', 'Foreign key external ID: x not found for field Code__c in entity P__c'),
    'missingParent',
  );
  assert.equal(classOf('INVALID_FIELD', "No such column 'X__c' on sobject of type Case"), 'permission');
  const wrongType = "Record Type ID: this ID value isn't valid for the user: 012";
  assert.equal(classOf('INVALID_CROSS_REFERENCE_KEY', wrongType), 'permission');
  assert.equal(classOf('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'), 'missingParent');
});

test('what refuses a whole request is told apart by its code, and without one by its status', () => {
  const refused = (status: number, errorCode?: string) =>
    requestFailure(status, errorCode ? JSON.stringify([{ errorCode, message: 'no' }]) : '<h1>no</h1>', null)
      .class;
  assert.equal(refused(401, 'INVALID_SESSION_ID'), 'auth');
  assert.equal(
    refused(403, 'REQUEST_LIMIT_EXCEEDED'),
    'rateLimit',
    'the limit of a day is no lack of rights',
  );
  assert.equal(refused(403, 'API_DISABLED_FOR_ORG'), 'permission');
  assert.equal(refused(403), 'permission');
  assert.equal(refused(429), 'rateLimit');
  assert.equal(refused(503, 'SERVER_UNAVAILABLE'), 'busy');
  assert.equal(refused(503), 'network');
  assert.equal(refused(400, 'MALFORMED_QUERY'), 'bug');
});

test('a refusal that says when to come back is heeded, and its markup left out', () => {
  const { retryAfterMs, message } = requestFailure(429, '<p>Too many\n requests</p>', '30');
  assert.deepEqual([retryAfterMs, message], [30_000, 'Too many requests']);
  assert.equal(requestFailure(429, '', null).retryAfterMs, undefined);
});

test('a request without an answer is a failure of the network, with the code of its cause', () => {
  const cause = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  assert.deepEqual(networkFailure(new TypeError('fetch failed', { cause }), 1), {
    class: 'network',
    code: 'ECONNRESET',
    message: 'reset',
  });
  assert.equal(networkFailure(new DOMException('late', 'TimeoutError'), 2_000).code, 'TIMEOUT');
});

function end(code: string) {
  const metadata = new Metadata();
  metadata.set('error-code', `sfdc.platform.eventbus.grpc.${code}`);
  return streamEnd({ code: status.INVALID_ARGUMENT, details: 'x', message: 'x', metadata });
}

test('the end of a stream says what to do next', () => {
  assert.equal(end('subscription.fetch.replayid.corrupted').reason, 'positionLost');
  assert.equal(end('topic.not.found').reason, 'refused');
  assert.equal(end('service.unavailable').reason, 'failed');
  assert.equal(end('service.auth.error').auth, true);
  const used = end('subscription.limit.exceeded');
  assert.equal(used.reason === 'failed' && used.retryAfterMs, 3_600_000);
});
