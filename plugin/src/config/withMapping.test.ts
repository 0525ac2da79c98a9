import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_CONFIG } from '@desk-connect/bridge/core/config/syncConfig.js';
import { ZENDESK_VOCABULARY } from '@desk-connect/bridge/core/vocabulary/zendesk.js';
import { withMapping } from './withMapping.ts';

test('a standard mapping that is changed goes the way that it went, and any other one both', () => {
  const directionOf = (salesforce: string, desk: string) =>
    withMapping(DEFAULT_CONFIG, { pair: 'case', salesforce, desk }, (mapping) => mapping, ZENDESK_VOCABULARY)
      .mappings[0]?.direction;
  assert.equal(directionOf('Origin', 'via.channel'), 'desk-to-salesforce');
  assert.equal(directionOf('Priority', 'priority'), 'two-way');
  assert.equal(directionOf('Kind__c', 'custom_fields.1'), 'two-way');
});
