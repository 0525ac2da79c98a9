import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf, refusalOfItem, saidIn, wantsAssignee } from './refusal.ts';

const invalid = (details: object) => ({
  error: 'RecordInvalid',
  description: 'Record validation errors',
  details,
});
const one = (description: string, error?: string) => [{ description, ...(error ? { error } : {}) }];

test('what is in use is told by its field, our own id before others', () => {
  const fieldOf = (details: object) => {
    const refusal = refusalOf(422, invalid(details));
    return refusal.outcome === 'taken' && refusal.field;
  };
  assert.equal(fieldOf({ name: one('Name: Acme has already been taken', 'DuplicateValue') }), 'name');
  assert.equal(fieldOf({ value: one('Value is already being used by another user') }), 'email');
  const both = {
    email: one('Email: ada@a.test is already being used by another user', 'DuplicateValue'),
    external_id: one('External has already been taken', 'DuplicateValue'),
  };
  assert.equal(fieldOf(both), 'externalId');
  assert.equal(fieldOf({ alias: one('Alias is in use', 'DuplicateValue') }), 'other');
});

test('a message says what is wrong without the values that Zendesk quotes', () => {
  const said = (description: string) => {
    const refusal = refusalOf(422, invalid({ base: one(description) }));
    return 'failure' in refusal && refusal.failure.message;
  };
  assert.equal(
    said('Name: The secret one, Inc. has already been taken'),
    'Zendesk refuses it: Name: … has already been taken.',
  );
  assert.equal(
    said('Email: ada is not properly formatted'),
    'Zendesk refuses it: Email: … is not properly formatted.',
  );
  assert.equal(said('Name: is too short'), 'Zendesk refuses it: Name: is too short.');
  assert.ok(!String(said('Email: ada@a.test cannot be reached')).includes('ada@'));
});

test('the result of an item has a class like any other refusal', () => {
  assert.deepEqual(refusalOfItem('TicketUpdateFailed', 'Not found'), { outcome: 'gone' });
  const closed = refusalOfItem('TicketUpdateFailed', 'Status: closed prevents ticket update');
  assert.ok(closed.outcome === 'refused' && closed.failure.message.includes('follow-up'));
  const often = refusalOfItem('TicketUpdateFailed', 'Number of allowed ticket updates exceeded');
  assert.equal(often.outcome === 'refused' && often.failure.class, 'rateLimit');
  assert.ok(
    wantsAssignee(refusalOfItem('TicketUpdateFailed', 'Assignee: is required when solving a ticket')),
  );
});

test('an answer in any form of error, or in none, has a code and words', () => {
  assert.deepEqual(saidIn(429, '{"errors":[{"code":"TooManyRequests","title":"Too many requests"}]}'), {
    code: 'TooManyRequests',
    message: 'Too many requests',
  });
  assert.deepEqual(saidIn(403, '{"error":{"title":"Forbidden","message":"You do not have access"}}'), {
    code: 'HTTP 403',
    message: 'You do not have access',
  });
  assert.deepEqual(saidIn(401, '{"error":"invalid_token","error_description":"It is expired"}'), {
    code: 'invalid_token',
    message: 'It is expired',
  });
  assert.deepEqual(saidIn(502, '<html><title>Bad gateway</title></html>'), {
    code: 'HTTP 502',
    message: 'Bad gateway',
  });
});
