import { html, type Html } from './html.ts';
import type { ShownValue } from './shownValue.ts';
import type { Card, Entry, Group, View } from './view.ts';

/** A text with more characters or lines is cut, and whole once somebody asks for it. */
const LONG = 280;
const LINES = 8;

const CLOCK = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: 'UTC' });

/** The records behind a case, for a narrow column. */
export function renderView({ groups, readAt }: View): Html {
  return html`<h1 class="hidden">Salesforce</h1>
    ${groups.map(renderGroup)}
    <p class="foot">
      Read from Salesforce at
      <time datetime="${new Date(readAt).toISOString()}">${CLOCK.format(readAt)} UTC</time>
    </p>`;
}

function renderGroup(group: Group, index: number): Html {
  const id = `group-${index}`;
  return html`<section class="group" aria-labelledby="${id}">
    <h2 class="kind" id="${id}">${group.title}</h2>
    ${'problem' in group ? html`<p class="text">${group.problem}</p>` : renderCards(group.cards, group.hasMore)}
  </section> `;
}

function renderCards(cards: readonly Card[], hasMore: boolean): Html {
  const [only, ...others] = cards;
  if (only === undefined) return html`<p class="text">None.</p>`;
  if (others.length === 0 && !hasMore) return renderCard(only);
  return html`<ul class="cards" role="list">
      ${cards.map((card) => html`<li class="card">${renderCard(card)}</li>`)}
    </ul>
    ${hasMore ? html`<p class="text">There are more in Salesforce.</p>` : null}`;
}

function renderCard({ name, href, entries }: Card): Html {
  const text = html`<bdi>${cut(name)}</bdi>`;
  const heading = href === null ? text : outside(href, text);
  return html`<h3 class="name">${heading}</h3>
    ${entries.length === 0 ? null : html`<dl class="fields">${entries.map(renderEntry)}</dl>`}`;
}

/** It opens beside Desk, and tells the other side neither where it comes from nor how to get at this page. */
function outside(href: string, text: Html): Html {
  return html`<a href="${href}" target="_blank" rel="noopener noreferrer"
    >${text}<span class="hidden"> (opens in a new tab)</span></a
  >`;
}

function renderEntry({ label, value }: Entry): Html {
  return html`<div class="field">
    <dt dir="auto">${label}</dt>
    <dd dir="auto">${renderValue(label, value)}</dd>
  </div>`;
}

function renderValue(label: string, value: ShownValue): Html {
  switch (value.kind) {
    case 'time':
      return html`<time datetime="${value.machine}">${value.text}</time>`;
    case 'link':
      return /^https?:/.test(value.href)
        ? outside(value.href, html`${cut(value.text)}`)
        : html`<a href="${value.href}">${cut(value.text)}</a>`;
    case 'text':
      return cut(value.text) === value.text
        ? html`<span class="words">${value.text}</span>`
        : renderLong(label, value.text);
  }
}

function renderLong(label: string, text: string): Html {
  const length = text.length.toLocaleString('en-US');
  return html`<span class="words">${cut(text)}</span>
    <details>
      <summary>Show all of <bdi>${label}</bdi> (${length} characters)</summary>
      <div class="words" dir="auto">${text}</div>
    </details>`;
}

function cut(text: string): string {
  const start = text.split('\n', LINES).join('\n').slice(0, LONG);
  // Half a letter is none.
  return start.length === text.length ? text : `${start.replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}
