import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { canRetry } from '../core/failure.ts';
import { recordFailure, requestFailure } from './failures.ts';
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

test('a broken connection, an answer without JSON and a refused session are told apart', () => {
  assert.equal(requestFailure(Object.assign(new Error('reset'), { code: 'ECONNRESET' })).class, 'network');
  assert.equal(
    requestFailure(Object.assign(new Error('busy'), { errorCode: 'ERROR_HTTP_503' })).class,
    'network',
  );
  assert.equal(requestFailure(Object.assign(new Error('no'), { errorCode: 'ERROR_HTTP_401' })).class, 'auth');
  assert.equal(
    requestFailure(Object.assign(new Error('gone'), { errorCode: 'INVALID_SESSION_ID' })).class,
    'auth',
  );
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
