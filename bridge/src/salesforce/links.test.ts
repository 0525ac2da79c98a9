import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkRow } from './links.ts';

const ROW = {
  Id: 'a009X0000000001AAA',
  Pair__c: 'case',
  Desk_Id__c: '17',
  Record_Id__c: '5009X0000000001AAA',
  Status__c: 'In Step',
};

test('a link that somebody made of his own leads to no address and into no query', () => {
  assert.equal(linkRow(ROW).deskId, '17');
  for (const Desk_Id__c of ['../users/1', '17?embed=x', '17/message', '', null, '1'.repeat(19)])
    assert.throws(
      () => linkRow({ ...ROW, Desk_Id__c }),
      /BAD_LINK: .*a009X0000000001AAA/,
      String(Desk_Id__c),
    );
  for (const Record_Id__c of ["500' OR Id != '", '', null, '500'])
    assert.throws(() => linkRow({ ...ROW, Record_Id__c }), /BAD_LINK/, String(Record_Id__c));
});
