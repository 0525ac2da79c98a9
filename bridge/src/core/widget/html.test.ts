import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { html } from './html.ts';

const decoded = (text: string) =>
  text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

test('whatever is put into a template stays text, in an element and in an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      const [, attribute = '', content = ''] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(markup) ?? [];
      assert.equal(attribute, content);
      assert.doesNotMatch(content, /&(?!#\d+;)/);
      // Nothing is lost but what no page can hold.
      const shown = decoded(content);
      assert.ok(
        Array.from(shown).every((character) => text.includes(character) || character === '\uFFFD'),
        JSON.stringify(shown),
      );
    }),
  );
});

test('markup of a template stays markup in another, lists are joined and nothing is left out', () => {
  const items = ['<a>', 2].map((one) => html`<i>${one}</i>`);
  assert.equal(html`<b>${items}</b>${null}`.markup, '<b><i>&#60;a&#62;</i><i>2</i></b>');
});

test('what turns the direction of a page, and controls, are left out; lines and letters of any script stay', () => {
  assert.equal(html`${'a\u202eb\u0000c\u001b\r\nd\te'}`.markup, 'abc\nd\te');
  assert.equal(html`${'שלום \u2067مرحبا\u2069 👩‍🚀'}`.markup, 'שלום \u2067مرحبا\u2069 👩‍🚀');
});
