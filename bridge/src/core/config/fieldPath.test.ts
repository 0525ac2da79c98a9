import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookupOf, nested, readPath } from './fieldPath.ts';

test('a path is read in the record of its lookup, and an empty lookup is empty', () => {
  const record = { Name: 'A', Product__r: { Code__c: 'X' }, Account: null };
  assert.equal(readPath(record, 'Name'), 'A');
  assert.equal(readPath(record, 'Product__r.Code__c'), 'X');
  assert.equal(readPath(record, 'Product__r.Other__c'), undefined);
  assert.equal(readPath(record, 'Account.Number__c'), null);
  assert.equal(readPath(record, 'Nowhere__r.Number__c'), undefined);
});

test('a key is written in the object of its relation, and none empties the lookup itself', () => {
  assert.deepEqual(nested({ Subject: 'S', 'Product__r.Code__c': 'X', 'Account.Number__c': 7 }), {
    Subject: 'S',
    Product__r: { Code__c: 'X' },
    Account: { Number__c: 7 },
  });
  assert.deepEqual(nested({ 'Product__r.Code__c': null, 'Account.Number__c': null }), {
    Product__c: null,
    AccountId: null,
  });
});

test('the lookup of a relation has the name that Salesforce gives it', () => {
  assert.deepEqual(['Product__r', 'Account', 'ns__Product__r'].map(lookupOf), [
    'Product__c',
    'AccountId',
    'ns__Product__c',
  ]);
});
