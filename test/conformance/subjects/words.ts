import assert from 'node:assert/strict';
import type { PairKind } from '../../../bridge/src/core/pair.ts';
import type { DeskRecord } from '../../../bridge/src/ports/helpDesk.ts';
import type { Subject } from '../subject.ts';

function read<P extends PairKind>(record: DeskRecord, pair: P): Extract<DeskRecord, { pair: P }> {
  assert.equal(record.pair, pair);
  return record as Extract<DeskRecord, { pair: P }>;
}

/** What the port calls the names of companies and customers and the subjects of cases, of any desk. */
export const WORDS: Subject['word'] = {
  company: { change: (name) => ({ name }), of: (record) => read(record, 'company').name },
  customer: { change: (lastName) => ({ lastName }), of: (record) => read(record, 'customer').lastName },
  case: { change: (subject) => ({ subject }), of: (record) => read(record, 'case').subject },
};
