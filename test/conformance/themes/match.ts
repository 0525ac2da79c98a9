import assert from 'node:assert/strict';
import { PAIRS } from '../../../bridge/src/core/pair.ts';
import type { DeskQuery } from '../../../bridge/src/ports/helpDesk.ts';
import { make, newOf, salesforceId } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** A desk is asked for records that may be the counterpart of one of Salesforce. */
export const MATCH: readonly KeptPromise[] = [
  {
    title: 'customers and cases are found by their external id, and by no part of it',
    keep: async (subject) => {
      for (const pair of ['customer', 'case'] as const) await foundByExternalId(subject, pair);
    },
  },
  {
    title: 'companies are found by their external id, and by no part of it',
    needs: ['companyExternalId'],
    keep: async (subject) => foundByExternalId(subject, 'company'),
  },
  {
    title: 'to ask for a company by an external id harms nobody, whether companies have one or not',
    keep: async (subject) => {
      await make(subject, 'company', 'Some company');
      assert.deepEqual(await found(subject, { pair: 'company', by: 'externalId', value: 'nobody' }), []);
    },
  },
  {
    title: 'a customer is found by the e-mail address, whatever its case, and by no part of it',
    keep: async (subject) => {
      const emails = [{ type: 'work', value: 'ada@match.test' }];
      const { id } = await make(subject, 'customer', 'Ada', { emails });
      await make(subject, 'customer', 'Dada', { emails: [{ type: 'work', value: 'dada@match.test' }] });
      const by = (value: string) => found(subject, { pair: 'customer', by: 'email', value });
      assert.deepEqual(await by('ada@match.test'), [id]);
      assert.deepEqual(await by('ADA@Match.test'), [id]);
      for (const near of ['da@match.test', 'ada@match', 'match.test', 'ada', ''])
        assert.deepEqual(await by(near), [], near);
    },
  },
  {
    title: 'a company is found by its name, whatever its case, and by no part of it',
    keep: async (subject) => {
      const { id } = await make(subject, 'company', 'Acme Tools');
      await make(subject, 'company', 'Acme Tools West');
      const by = (value: string) => found(subject, { pair: 'company', by: 'name', value });
      assert.deepEqual(await by('Acme Tools'), [id]);
      assert.deepEqual(await by('ACME tools'), [id]);
      for (const near of ['Acme', 'Tools', 'Acme Tool']) assert.deepEqual(await by(near), [], near);
    },
  },
  {
    title: 'companies are found by a domain, and by no part of it',
    keep: async (subject) => {
      const { id } = await make(subject, 'company', 'Domains', { domains: ['one.test', 'two.test'] });
      await make(subject, 'company', 'Other domains', { domains: ['someone.test'] });
      const by = (value: string) => found(subject, { pair: 'company', by: 'domain', value });
      assert.deepEqual(await by('two.test'), [id]);
      assert.deepEqual(await by('one.test'), [id]);
      assert.deepEqual(await by('test'), []);
    },
  },
  {
    title: 'what is asked for may hold the signs of a query, and finds that alone',
    keep: async (subject) => {
      const names = ['A & B', 'name:"x" OR *', 'plus+plus', 'per%cent', '"', "O'Neil #1?", 'Zoë ß 漢'];
      for (const name of names) {
        const { id } = await make(subject, 'company', name);
        assert.deepEqual(await found(subject, { pair: 'company', by: 'name', value: name }), [id], name);
      }
      const value = 'a+b&c=%40"@match.test';
      assert.deepEqual(await found(subject, { pair: 'customer', by: 'email', value }), []);
      for (const pair of PAIRS)
        assert.deepEqual(await found(subject, { pair, by: 'externalId', value: '../1?x=1#"*' }), [], pair);
    },
  },
  {
    title: 'what people delete is found no more, but for an external id that is still in use',
    keep: async (subject) => {
      const company = await make(subject, 'company', 'Closed down');
      await subject.people.delete('company', company.id);
      assert.deepEqual(await found(subject, { pair: 'company', by: 'name', value: 'Closed down' }), []);
      const externalId = salesforceId('gone');
      const gone = await make(subject, 'case', 'Spam', { externalId });
      await subject.people.delete('case', gone.id);
      const ids = await found(subject, { pair: 'case', by: 'externalId', value: externalId });
      const changes = await newOf(subject, 'case', 'Spam again', { externalId });
      const [written] = await subject.desk.create('case', [{ changes, again: false }]);
      // Who is told that it is taken must find by whom.
      assert.deepEqual(ids, written?.outcome === 'taken' ? [gone.id] : []);
    },
  },
  {
    title: 'a record is found as it is now',
    keep: async (subject) => {
      const externalId = salesforceId('current');
      for (const pair of ['customer', 'case'] as const) {
        const { id } = await make(subject, pair, 'Before', { externalId });
        await subject.people.change(pair, id, 'After');
        const [record] = await subject.desk.find({ pair, by: 'externalId', value: externalId });
        assert.equal(record && subject.word[pair].of(record), 'After');
      }
    },
  },
];

async function found({ desk }: Subject, query: DeskQuery): Promise<string[]> {
  return (await desk.find(query)).map(({ id }) => id);
}

async function foundByExternalId(subject: Subject, pair: 'company' | 'customer' | 'case'): Promise<void> {
  const [own, other] = [salesforceId(`${pair}Own`), salesforceId(`${pair}Other`)];
  const { id } = await make(subject, pair, `Own ${pair}`, { externalId: own });
  await make(subject, pair, `Other ${pair}`, { externalId: other });
  await make(subject, pair, `Without ${pair}`);
  const by = (value: string) => found(subject, { pair, by: 'externalId', value });
  assert.deepEqual(await by(own), [id]);
  assert.deepEqual(await by(own.slice(0, -1)), []);
  assert.deepEqual(await by(salesforceId('nobody')), []);
}
