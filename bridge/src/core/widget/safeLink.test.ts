import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recordLink, safeLink } from './safeLink.ts';

test('pages, addresses and numbers become links', () => {
  for (const [type, value, href] of [
    ['url', 'https://acme.test/a?b=1', 'https://acme.test/a?b=1'],
    ['url', ' www.acme.test ', 'https://www.acme.test/'],
    ['url', 'acme.test/path', 'https://acme.test/path'],
    ['email', 'ada+x@engines.test', 'mailto:ada+x@engines.test'],
    ['phone', '+44 (20) 7946-0000', 'tel:+442079460000'],
  ] as const)
    assert.equal(safeLink(type, value), href);
});

test('what leads elsewhere is text', () => {
  for (const [type, value] of [
    ['url', 'javascript:alert(1)'],
    ['url', ' JaVaScRiPt:alert(1)'],
    ['url', 'java\tscript:alert(1)'],
    ['url', 'data:text/html,<script>alert(1)</script>'],
    ['url', 'file:///etc/passwd'],
    ['url', 'https://acme.my.salesforce.com@evil.test/'],
    ['url', '//evil.test'],
    ['url', 'no page'],
    ['email', 'a@b.test?bcc=everybody@c.test'],
    ['email', 'a@b.test,c@d.test'],
    ['email', 'nobody'],
    ['phone', 'javascript:alert(1)'],
    ['phone', 'call me'],
    ['string', 'https://acme.test'],
  ] as const)
    assert.equal(safeLink(type, value), null, value);
});

test('no value makes a link of any other kind', () => {
  const scheme = fc.constantFrom('javascript:', 'vbscript:', 'data:', 'blob:', 'JAVASCRIPT:', 'http:', '');
  fc.assert(
    fc.property(
      fc.constantFrom('url', 'email', 'phone', 'string'),
      scheme,
      fc.string(),
      (type, head, rest) => {
        const href = safeLink(type, head + rest);
        assert.ok(href === null || ['https:', 'http:', 'mailto:', 'tel:'].includes(new URL(href).protocol));
      },
    ),
  );
});

test('a record is linked by its id, and nothing else is taken for one', () => {
  const url = 'https://acme.my.salesforce.com/';
  assert.equal(
    recordLink(url, 'Contact', '0039X0000000001QAA'),
    'https://acme.my.salesforce.com/lightning/r/Contact/0039X0000000001QAA/view',
  );
  for (const id of ['', '../../x', '0039X0000000001QAA/x', null, 7])
    assert.equal(recordLink(url, 'Contact', id), null);
});
