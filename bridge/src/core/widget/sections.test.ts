import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SECTIONS, parseSections } from './sections.ts';

const section = (more = '') =>
  `version: 1\nsections:\n  - { title: Deals, object: Opportunity, of: account, fields: [Name]${more} }`;
const problems = (source: string) => {
  const parsed = parseSections(source);
  return parsed.ok ? [] : parsed.problems;
};

test('a file says which records are shown, and what it leaves out has a default', () => {
  const source = section(', where: "IsClosed = false", orderBy: CloseDate DESC NULLS LAST');
  assert.deepEqual(parseSections(source), {
    ok: true,
    sections: [
      {
        ...DEFAULT_SECTIONS[0],
        title: 'Deals',
        by: null,
        orderBy: 'CloseDate DESC NULLS LAST',
        fields: ['Name'],
      },
    ],
  });
  assert.deepEqual(parseSections('version: 1\nsections: []'), { ok: true, sections: [] });
});

test('nothing that stands in it can be more than a name or a condition', () => {
  for (const [more, problem] of [
    [', by: "Id FROM User"', /^sections\.0\.by: /],
    [', orderBy: "Name LIMIT 1"', /^sections\.0\.orderBy: /],
    [', where: "Name = null) OR (Id != null"', /^sections\.0\.where: /],
    [', where: "Id IN (SELECT AccountId FROM Contact)"', /^sections\.0\.where: /],
    [', limit: 1000', /^sections\.0\.limit: /],
    [', writes: true', /writes/],
  ] as const)
    assert.match(problems(section(more)).join('\n'), problem, more);
  for (const source of ['', 'version: 2\nsections: []', 'a: [', section().repeat(2)])
    assert.notDeepEqual(problems(source), [], source);
});

test('no more than Salesforce answers in one call', () => {
  const line = '  - { title: A, object: Task, of: contact, fields: [Subject] }\n';
  assert.deepEqual(problems(`version: 1\nsections:\n${line.repeat(4)}`), []);
  assert.match(problems(`version: 1\nsections:\n${line.repeat(5)}`).join(), /can be 4 at most/);
});
