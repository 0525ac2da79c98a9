import assert from 'node:assert/strict';
import type { HookCall } from '../../../bridge/src/ports/deskHook.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { KeptPromise } from '../promise.ts';
import type { Hearing, Subject } from '../subject.ts';

const OTHER = 'a secret of somebody else';
const TEN_MINUTES_MS = 10 * 60_000;

/** The desk tells by itself that something changed. */
export const HOOKS: readonly KeptPromise[] = [
  {
    title: 'a call of the desk is known by the secret, and names the record that was made or changed',
    keep: async (subject) => {
      const heard = await subject.hear();
      assert.ok(heard.tells.includes('case'), 'it must tell of cases');
      for (const pair of heard.tells) {
        const id = await subject.people.make(pair, `Called ${pair}`);
        await callFor(subject, heard, 0, `${pair}:${id}`);
        const before = heard.calls.length;
        await subject.people.change(pair, id, `Called again ${pair}`);
        await callFor(subject, heard, before, `${pair}:${id}`);
      }
    },
  },
  {
    title: 'a call that does not know the secret is not taken for one of the desk',
    keep: async (subject) => {
      const { call, secret } = await aCall(subject);
      const { hook, clock } = subject;
      assert.equal(hook.verify(call, [OTHER], clock.now()), null);
      assert.equal(hook.verify(call, [], clock.now()), null);
      assert.equal(hook.verify({ ...call, header: () => undefined }, [secret], clock.now()), null);
      assert.equal(hook.verify({ ...call, header: () => 'nonsense' }, [secret], clock.now()), null);
    },
  },
  {
    title: 'what a signature was made for cannot be altered, nor sent again another day',
    needs: ['signedCalls'],
    keep: async (subject) => {
      const { call, secret } = await aCall(subject);
      const { hook, clock } = subject;
      const proof = hook.verify(call, [secret], clock.now());
      assert.ok(proof?.once, 'nothing tells it from another call');
      const altered = Buffer.from(call.body);
      altered[0] = (altered[0] ?? 0) ^ 1;
      assert.equal(hook.verify({ ...call, body: altered }, [secret], clock.now()), null);
      for (const off of [TEN_MINUTES_MS, -TEN_MINUTES_MS])
        assert.equal(hook.verify(call, [secret], clock.now() + off), null);
      assert.equal(hook.verify(call, [secret], clock.now())?.once, proof.once, 'it is the same one again');
    },
  },
  {
    title: 'while a secret is changed both of them count, and which one the call knows is told',
    keep: async (subject) => {
      const { call, secret } = await aCall(subject);
      for (const secrets of [
        [secret, OTHER],
        [OTHER, secret],
      ])
        assert.equal(subject.hook.verify(call, secrets, subject.clock.now())?.secret, secret);
    },
  },
  {
    title: 'a body that names nothing is told as such, whatever is in it',
    keep: async ({ hook }) => {
      const bodies = [
        '',
        'x',
        '{}',
        '[]',
        'null',
        '0',
        '{"case_id": "../1", "ticket_id": "../1"}',
        '{"case_id": -1, "ticket_id": -1, "type": "zen:event-type:user.created", "detail": {"id": 0}}',
        '{"case_id": 1e300, "ticket_id": {}, "detail": null}',
        '['.repeat(50_000),
        '\u0000\ud800',
      ];
      for (const body of bodies) assert.equal(hook.named(Buffer.from(body)), null, body.slice(0, 80));
    },
  },
];

/** Waits for a call that comes from the desk and names the record. */
async function callFor(subject: Subject, heard: Hearing, after: number, key: string): Promise<HookCall> {
  return waitFor(`a call that names ${key}`, () =>
    heard.calls
      .slice(after)
      .find(
        (call) =>
          subject.hook.verify(call, [heard.secret], subject.clock.now())?.secret === heard.secret &&
          subject.hook.named(call.body)?.some(({ pair, id }) => `${pair}:${id}` === key),
      ),
  );
}

async function aCall(subject: Subject): Promise<{ readonly call: HookCall; readonly secret: string }> {
  const heard = await subject.hear();
  const id = await subject.people.make('case', 'Called');
  return { call: await callFor(subject, heard, 0, `case:${id}`), secret: heard.secret };
}
