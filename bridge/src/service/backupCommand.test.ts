import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backUp } from './backupCommand.ts';

test('whoever wants to back up a store on PostgreSQL is told what does it, and no password', () => {
  const environment = { DESKCONNECT_STORE: 'postgres://bridge:hidden-word@db.test/desk_connect' };
  assert.throws(
    () => backUp(environment, '/nowhere/copy'),
    (error) => error instanceof Error && /pg_dump/.test(error.message) && !/hidden-word/.test(error.message),
  );
});
