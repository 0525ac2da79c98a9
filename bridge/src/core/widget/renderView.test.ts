import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { typedField } from '../config/describes.fixture.ts';
import { renderPage } from './renderPage.ts';
import { renderView } from './renderView.ts';
import { recordLink } from './safeLink.ts';
import { shownValue } from './shownValue.ts';
import { STYLE } from './style.ts';
import type { Group, View } from './view.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const TYPES = ['string', 'url', 'email', 'phone', 'textarea', 'picklist', 'date', 'currency', 'address'];

/** A page with the same text everywhere that a record or an admin can put one. */
function pageOf(text: string): string {
  const entries = TYPES.flatMap((type) => {
    const value = shownValue(typedField('A__c', type), text);
    return value === null ? [] : [{ label: text, value }];
  });
  const href = recordLink('https://acme.my.salesforce.com', 'Contact', text);
  const groups: Group[] = [
    { title: text, cards: [{ name: text, href, entries }], hasMore: true },
    { title: text, problem: text },
  ];
  const view: View = { groups, readAt: NOW };
  return renderPage(text, renderView(view), '../style.css');
}

const KNOWN =
  /^(?:!doctype|html|head|meta|title|link|body|main|h1|h2|h3|section|p|ul|li|a|bdi|span|dl|div|dt|dd|time|details|summary)$/;

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '</main>',
        '"',
        "'",
        '<img src=x onerror=alert(1)>',
        'javascript:',
        'alert(1)',
        'https://',
        '&lt;',
        '<!--',
        ']]>',
        '\u202e',
        'tel:',
        '@a.test',
        '\n',
      ),
    )
    .map((parts) => parts.join('')),
);

test('no text of a record becomes markup or leads anywhere but to a page, an address or a number', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const page = pageOf(text);
      for (const [, tag = '', attributes = ''] of page.matchAll(/<\/?([!a-z\d]*)([^>]*)>/gi)) {
        assert.match(tag, KNOWN);
        assert.doesNotMatch(attributes.replaceAll(/"[^"]*"/g, ''), /\b(?:on|style|src)\w*\s*=/i);
      }
      assert.doesNotMatch(page.replaceAll(/<\/?[!a-z\d]+[^>]*>/gi, ''), /[<>]/);
      for (const [, href = ''] of page.matchAll(/<a href="([^"]*)"/g))
        assert.match(href, /^(?:https?:\/\/|mailto:|tel:)/);
    }),
  );
});

test('a long text is cut, and can be shown whole', () => {
  const text = 'word '.repeat(6_400).trim();
  const page = pageOf(text);
  assert.match(page, /Show all of/);
  assert.match(page, /\(31,999 characters\)/);
  assert.ok(page.includes(text));
  assert.doesNotMatch(pageOf('short'), /Show all/);
  assert.doesNotMatch(pageOf(`x${'👩'.repeat(200)}`), /\uFFFD/);
  assert.match(pageOf('\n'.repeat(50).concat('end').replaceAll('\n', 'a\n')), /Show all/);
});

test('the stylesheet names no colour but where it sets the hooks', () => {
  const [hooks = '', ...rest] = STYLE.split('}\n');
  assert.match(hooks, /^:root/);
  assert.doesNotMatch(rest.join(''), /#[\da-f]{3}|rgb|hsl|: (?:white|black|blue|red|gr[ae]y)/i);
  const set = new Set(hooks.match(/--[\w-]+(?=:)/g));
  const used = new Set(rest.join('').match(/(?<=var\()--[\w-]+/g));
  assert.deepEqual([...used].sort(), [...set].sort());
});
